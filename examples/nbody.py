"""The Sun and four planets, moved by Newton's law; energy must hardly change."""

import math

SOLAR_MASS = 4 * math.pi**2
DAYS = 365.24


class Body:
    __slots__ = ("name", "x", "y", "z", "vx", "vy", "vz", "mass")

    def __init__(self, name, position, velocity, mass):
        self.name = name
        self.x, self.y, self.z = position
        self.vx, self.vy, self.vz = (v * DAYS for v in velocity)
        self.mass = mass * SOLAR_MASS


def solar_system():
    return [
        Body("Sun", (0, 0, 0), (0, 0, 0), 1),
        Body("Jupiter", (4.8414, -1.1603, -0.1036), (0.00166, 0.00769, -0.00006), 9.547e-4),
        Body("Saturn", (8.3433, 4.1247, -0.4035), (-0.00276, 0.00499, 0.00002), 2.858e-4),
        Body("Uranus", (12.8943, -15.1111, -0.2233), (0.00296, 0.00237, -0.00002), 4.366e-5),
        Body("Neptune", (15.3796, -25.9193, 0.1792), (0.00268, 0.00162, -0.00009), 5.151e-5),
    ]


def pairs(bodies):
    for i, a in enumerate(bodies):
        for b in bodies[i + 1 :]:
            yield a, b


def energy(bodies):
    total = sum(b.mass * (b.vx**2 + b.vy**2 + b.vz**2) / 2 for b in bodies)
    for a, b in pairs(bodies):
        total -= a.mass * b.mass / math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2)
    return total


def advance(bodies, dt):
    for a, b in pairs(bodies):
        dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
        pull = dt / (dx * dx + dy * dy + dz * dz) ** 1.5
        a.vx -= dx * b.mass * pull
        a.vy -= dy * b.mass * pull
        a.vz -= dz * b.mass * pull
        b.vx += dx * a.mass * pull
        b.vy += dy * a.mass * pull
        b.vz += dz * a.mass * pull
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


bodies = solar_system()
print(f"energy before {energy(bodies):.9f}")
for _ in range(1000):
    advance(bodies, 0.01)
print(f"energy after  {energy(bodies):.9f}")
for body in bodies:
    print(f"{body.name:8} {body.x:9.4f} {body.y:9.4f} {body.z:9.4f}")
