v = "namespace member"
