# Programs started by subprocess: output, input, errors, exit codes, time limits.
import os
import subprocess
import sys

run = subprocess.run
r = run(["echo", "hello", "world"], capture_output=True, text=True)
print(r.returncode, repr(r.stdout), repr(r.stderr), r.args)
print(run("echo $((6*7)); exit 3", shell=True, stdout=subprocess.PIPE))
print(run(["cat"], input="one\ntwo\n", capture_output=True, text=True).stdout.splitlines())
print(len(run(["cat"], input=b"x" * 300_000, stdout=subprocess.PIPE).stdout))
print(run(["sh", "-c", "echo out; echo err >&2"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout)
print(subprocess.check_output(["pwd"], cwd="/", text=True))
print(run(["sh", "-c", "echo $A-$HOME"], env={"A": "b"}, stdout=subprocess.PIPE, text=True).stdout)
for bad in (lambda: run(["/no/such/program"]), lambda: run(["no-such-program-anywhere"]), lambda: run(["pwd"], cwd="/no/such/folder"),
            lambda: run(["/"]), lambda: subprocess.check_call(["sh", "-c", "exit 5"]),
            lambda: subprocess.check_output(["sh", "-c", "echo partly; exit 2"]),
            lambda: run(["sleep", "5"], timeout=0.1)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
p = subprocess.Popen(["sh", "-c", "read x; echo got $x"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
print(p.poll(), p.pid > 0)
print(p.communicate("line\n"), p.returncode, p.poll())
p = subprocess.Popen(["sleep", "10"])
p.terminate()
print(p.wait(), p.returncode)
p = subprocess.Popen(["sleep", "10"])
p.kill()
print(p.wait())
with subprocess.Popen(["echo", "lines"], stdout=subprocess.PIPE) as p:
    print(p.stdout.read())
print(p.returncode, subprocess.getoutput("echo x"), subprocess.getstatusoutput("exit 4"), subprocess.call(["true"]), subprocess.call(["false"]))
print(run(["cat"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout)
r, w = os.pipe()
os.write(w, b"through a pipe")
os.close(w)
print(run(["cat"], stdin=r, stdout=subprocess.PIPE).stdout, os.read(r, 1))
os.close(r)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError as e:
    print(e)
