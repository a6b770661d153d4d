"""The module time: ranges and errors of calendar functions, strftime in the C locale, zones of TZ."""
import os
os.environ["TZ"] = "UTC"
import time
time.tzset()
def t(f,*a):
    try: print(f.__name__,a,'->',f(*a))
    except BaseException as e: print(f.__name__,a,type(e).__name__,e)
for f in (time.gmtime,time.localtime,time.ctime,time.sleep):
    for a in ("x",float('nan'),float('inf'),1e20,1<<60,1<<70,-1,-1.5):
        if f is time.sleep and a==1<<60: continue
        t(f,a)
t(time.gmtime,253402300800); t(time.gmtime,-62167219201);t(time.ctime,-62167219201);t(time.gmtime, 67768036191676800)
for a in ((),(1,)*9,(2000,1,1,0,0,0,0,1,-1),(2000,13,1,0,0,0,0,1,-1),(2000,0,1,0,0,0,0,0,-1),(2000,1,32,0,0,0,0,1,0),(2000,1,0,0,0,0,0,1,0),(2000,1,1,24,0,0,0,1,0),(2000,1,1,0,60,0,0,1,0),(2000,1,1,0,0,62,0,1,0),(2000,1,1,0,0,61,0,1,0),(2000,1,1,0,0,0,7,1,0),(2000,1,1,0,0,0,-1,1,0),(2000,1,1,0,0,0,-2,1,0),(2000,1,1,0,0,0,0,367,0),(2000,1,1,0,0,0,0,-1,0),"x",1,[1]*9,(1<<40,1,1,0,0,0,0,1,0),(2000,1.5,1,0,0,0,0,1,0),(2000,1,1,0,0,0,0,1,9),(1<<70,)*9):
    t(time.asctime,a); t(time.mktime,a); t(time.strftime,"%Y-%m-%d %H:%M:%S %j %w %a",a)
t(time.mktime,(2000,13,33,25,61,61,0,0,-1)); t(time.mktime,(1969,12,31,23,59,59,0,0,0))
t(time.mktime,(1<<31,1,1,0,0,0,0,1,0))
tt=(2001,2,3,4,5,6,5,34,0)
for c in "aAbBcdDeFgGhHIjklmMnpPrRsSntTuUvVwWxXyYzZ%CQqEOfL+iJN1":
    print(c, ascii(time.strftime("%"+c,tt)))
for f in ("%-d %_d %05d %^a %#a %#p %10Y %Ey %Od %","%_5S","%é\0x","%E","%-j %_j %^b %#Z %010d %+Y %-H %EY %Oe %012F %_10b"): print(ascii(time.strftime(f,tt)))
for y in (99,1,-5,12345,0,-12345,100):
    for c in "YCyGFDcsgx": print(y,c,ascii(time.strftime("%"+c,(y,)+tt[1:])))
t(time.strftime,1);t(time.strftime);t(time.strftime,"%Y",None)
for n in ("time","monotonic","perf_counter","process_time","thread_time","x"): t(time.get_clock_info,n)
print({k:getattr(time,k) for k in dir(time) if k.startswith("CLOCK")})
print(time.tzname,time.timezone,time.altzone,time.daylight)
t(time.clock_gettime,999); t(time.clock_gettime,"a"); print(time.clock_getres(1),time.clock_gettime(1)>0, time.clock_gettime_ns(0)>0)
print(time.gmtime(0)); print(time.strptime("2001-02-03","%Y-%m-%d")); print(time.localtime(0).tm_zone,time.gmtime(0).tm_gmtoff)
t(time.struct_time,(1,)*11); print(time.struct_time((1,)*11).tm_zone, time.struct_time((1,)*9).tm_zone)
t(time.clock_settime,999,1.0)
import os
for z in ("Europe/Berlin","EST5EDT","America/New_York","EST+05EDT,M4.1.0,M10.5.0","","<+03>-3","Asia/Kolkata","Europe/London","Australia/Sydney","UTC"):
    os.environ["TZ"]=z; time.tzset(); print(z,time.tzname,time.timezone,time.altzone,time.daylight,time.localtime(1.5e9),time.localtime(1.5e9).tm_zone,time.localtime(1.51e9).tm_gmtoff, time.mktime((2021,7,1,12,0,0,0,0,-1)),time.mktime((2021,7,1,12,0,0,0,0,0)),time.mktime((2021,7,1,12,0,0,0,0,1)),time.mktime((2021,1,1,12,0,0,0,0,1)), time.strftime("%z %Z",time.localtime(1.5e9)), time.strftime("%z %Z", (2001,2,3,4,5,6,5,34,1)), time.ctime(0), time.mktime((2021,3,28,2,30,0,0,0,-1)),time.mktime((2021,10,31,2,30,0,0,0,1)),time.mktime((2021,10,31,2,30,0,0,0,0)))
