# Waiting for files: select, poll, epoll, selectors.
import os
import select
import selectors
import socket

a, b = socket.socketpair()
print(select.select([a], [], [], 0))
b.send(b"x")
r, w, x = select.select([a], [b], [a], 1.5)
print(r == [a], w == [b], x)
print([f == a.fileno() for f in select.select([a.fileno()], [], [])[0]])
for bad in (lambda: select.select([1, "x"], [], []), lambda: select.select([-1], [], []), lambda: select.select(1, [], []),
            lambda: select.select([], [], [], -1), lambda: select.select([], [], [], "x"), lambda: select.select([9999], [], [], 0)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)

p = select.poll()
p.register(a, select.POLLIN)
p.register(b.fileno(), select.POLLOUT)
names = {a.fileno(): "a", b.fileno(): "b"}
print(sorted((names[fd], ev) for fd, ev in p.poll(1000)))
p.modify(b, select.POLLIN)
print([(names[fd], ev) for fd, ev in p.poll()])
p.unregister(a)
print(p.poll(0), p.poll(1))
for bad in (lambda: p.unregister(a), lambda: p.modify(a, 1), lambda: p.register(object()), lambda: p.register(a, -1), lambda: p.register(a, 1 << 20)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, str(e).replace(str(a.fileno()), "N"))

with select.epoll() as e:
    print(e.closed, e.fileno() >= 0)
    e.register(a, select.EPOLLIN)
    print([(names[fd], ev) for fd, ev in e.poll(1, 4)])
    e.modify(a, select.EPOLLOUT)
    print([(names[fd], ev) for fd, ev in e.poll()])
    e.unregister(a)
    print(e.poll(0))
    try:
        e.unregister(a)
    except OSError as x:
        print(type(x).__name__, x.errno)
print(e.closed)
try:
    e.fileno()
except ValueError as x:
    print(x)

for kind in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector, selectors.DefaultSelector):
    with kind() as s:
        s.register(a, selectors.EVENT_READ, "data")
        s.register(b, selectors.EVENT_READ | selectors.EVENT_WRITE)
        print(sorted((names[k.fd], k.data, ev) for k, ev in s.select(1)))
print(a.recv(10))
r, w = os.pipe()
os.close(w)
print([ev & select.POLLHUP != 0 for fd, ev in (lambda q: (q.register(r), q.poll(0))[1])(select.poll())])
a.close(); b.close(); os.close(r)
