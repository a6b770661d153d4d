//! The module `time`: clocks, sleeping, and calendar functions in UTC and local time.

mod calendar;
mod zone;

use self::calendar::Moment;
use super::structseq::{self, Declaration};
use super::{new_module, set};
use crate::native::arg;
use crate::value::*;
use crate::vm::{new_bigint, new_float, new_int, new_str, new_tuple};
use crate::{R, Vm, functions};
use jiff::tz::TimeZone;
use rustix::time::{ClockId, clock_getres, clock_gettime};
use std::time::Duration;

functions! { FUNCTIONS;
    "time()" => |vm, _| Ok(new_float(vm.host.time_ns() as f64 / 1e9)), "Seconds since the epoch.";
    "time_ns()" => |vm, _| Ok(new_bigint(vm.host.time_ns().into())), "Nanoseconds since the epoch, an int.";
    "monotonic()" => |vm, _| Ok(new_float(vm.host.monotonic_ns() as f64 / 1e9)), "Seconds on a clock that is never set back.";
    "monotonic_ns()" => |vm, _| Ok(new_bigint(vm.host.monotonic_ns().into())), "Nanoseconds on a clock that is never set back, an int.";
    "perf_counter()" => |vm, _| Ok(new_float(vm.host.monotonic_ns() as f64 / 1e9)), "Seconds on the clock that is best for measuring.";
    "perf_counter_ns()" => |vm, _| Ok(new_bigint(vm.host.monotonic_ns().into())), "Nanoseconds on the clock that is best for measuring, an int.";
    "process_time()" => |vm, _| Ok(new_float(vm.host.process_time_ns() as f64 / 1e9)), "Seconds of processor time that the process has used.";
    "process_time_ns()" => |vm, _| Ok(new_bigint(vm.host.process_time_ns().into())), "Nanoseconds of processor time that the process has used, an int.";
    "sleep(object, /)" => sleep, "Waits for that many seconds, which may have a fraction.";
    "thread_time()" => |vm, _| clock(vm, ClockId::ThreadCPUTime, false), "Seconds of processor time that this thread has used.";
    "thread_time_ns()" => |vm, _| clock(vm, ClockId::ThreadCPUTime, true), "Nanoseconds of processor time that this thread has used, an int.";
    "clock_gettime(clk_id, /)" => |vm, a| { let c = clock_id(vm, &a[0])?; clock(vm, c, false) }, "Seconds on the clock with that number, one of the CLOCK constants.";
    "clock_gettime_ns(clk_id, /)" => |vm, a| { let c = clock_id(vm, &a[0])?; clock(vm, c, true) }, "Nanoseconds on the clock with that number, an int.";
    "clock_getres(clk_id, /)" => |vm, a| {
        let c = clock_id(vm, &a[0])?;
        let t = clock_getres(c);
        Ok(new_float(t.tv_sec as f64 + t.tv_nsec as f64 / 1e9))
    }, "The smallest step of the clock with that number, in seconds.";
    "clock_settime(clk_id, time, /)" => set_clock, "Sets a clock, in seconds.";
    "clock_settime_ns(clk_id, time, /)" => set_clock, "Sets a clock, in nanoseconds.";
    "get_clock_info(name, /)" => clock_info, "What is known of the clock with that name, such as 'time' or 'monotonic': its resolution, and whether it can be set.";
    "asctime(time_tuple=None, /)" => |vm, a| {
        let moment = match arg(a, 0) {
            Some(t) => checked(vm, "asctime", t)?,
            None => now(vm),
        };
        Ok(new_str(&moment.asctime()))
    }, "A moment as text, like 'Sat Jun  6 16:26:11 1998'. Without an argument it is now, in local time.";
    "ctime(seconds=None, /)" => |vm, a| {
        let seconds = seconds_arg(vm, a)?;
        let moment = local(vm, seconds);
        in_range(vm, &moment)?;
        Ok(new_str(&moment.asctime()))
    }, "Seconds as text in local time, in the manner of asctime().";
    "mktime(time_tuple, /)" => |vm, a| {
        let moment = tuple_arg(vm, "mktime", &a[0])?;
        let zone = zone_of(vm);
        Ok(new_float(zone::to_seconds(&zone, &moment) as f64))
    }, "The seconds since the epoch for a moment in local time.";
    var "strftime(format, time_tuple=None, /)" => |vm, args| {
        let a = args.pos();
        if args.has_kw() {
            return Err(vm.type_error("time.strftime() takes no keyword arguments"));
        }
        match a.len() {
            0 => Err(vm.type_error("strftime() takes at least 1 argument (0 given)")),
            1 | 2 => strftime(vm, a),
            n => Err(vm.type_error(&format!("strftime() takes at most 2 arguments ({n} given)"))),
        }
    }, "Writes a moment as the format demands.\n\nAmong the codes are %Y year, %m month, %d day, %H hour, %M minute, %S second, %z offset from UTC, %A and %a the\nname of the day, %B and %b that of the month, %j day of the year, %p half of the day, %% a percent sign.\nWithout a moment it is now, in local time.";
    "strptime(data_string, format='%a %b %d %H:%M:%S %Y', /)" => |vm, a| {
        let module = vm.import("_strptime")?;
        vm.call_method(&module, "_strptime_time", a)
    }, "Reads text that is written as the format says, into a struct_time. The codes are those of strftime().";
    "tzset()" => |vm, _| {
        vm.lib.zone = None;
        let module = vm.import("time")?;
        zone_constants(vm, &module);
        Ok(Ref::none())
    }, "Looks at the environment variable TZ again, and changes local time accordingly.";
    "gmtime(seconds=None, /)" => |vm, a| {
        let seconds = seconds_arg(vm, a)?;
        let moment = Moment::from_seconds(seconds, 0);
        struct_time(vm, moment)
    }, "Seconds as a struct_time in UTC; without an argument, those of now.";
    "localtime(seconds=None, /)" => |vm, a| {
        let seconds = seconds_arg(vm, a)?;
        let moment = local(vm, seconds);
        struct_time(vm, moment)
    }, "Seconds as a struct_time in local time; without an argument, those of now.";
}

static STRUCT_TIME: Declaration = Declaration {
    name: "time.struct_time",
    doc: "A moment in the calendar, a tuple with names.",
    fields: &[
        ("tm_year", "the year, such as 1998"),
        ("tm_mon", "the month, from 1"),
        ("tm_mday", "the day of the month, from 1"),
        ("tm_hour", "hours, 0 to 23"),
        ("tm_min", "minutes, 0 to 59"),
        ("tm_sec", "seconds, 0 to 61"),
        ("tm_wday", "the day of the week, 0 for Monday"),
        ("tm_yday", "the day of the year, from 1"),
        (
            "tm_isdst",
            "1 in daylight saving time, 0 outside of it, -1 if unknown",
        ),
        ("tm_zone", "short name of the time zone"),
        ("tm_gmtoff", "seconds ahead of UTC"),
    ],
    visible: 9,
    callable: true,
};

/// The longest uninterrupted wait, so that signals are seen.
const SLICE: Duration = Duration::from_millis(50);

fn sleep(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let total = match duration(vm, &a[0])? {
        Some(ns) if ns < 0 => return Err(vm.value_error("sleep length must be non-negative")),
        Some(ns) => ns,
        None => return Err(vm.overflow_error("timestamp out of range for C PyTime_t")),
    };
    let end = vm.host.monotonic_ns() + total as i128;
    loop {
        let left = end - vm.host.monotonic_ns();
        if left <= 0 {
            return Ok(Ref::none());
        }
        let left = Duration::from_nanos(left.min(u64::MAX as i128) as u64);
        vm.host.clone().sleep(left.min(SLICE));
        vm.check_signals()?;
    }
}

/// Seconds as nanoseconds, rounded up; none if there are too many.
fn duration(vm: &mut Vm, r: &Ref) -> R<Option<i64>> {
    if let Some(f) = r.as_float() {
        if f.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let ns = (f * 1e9).ceil();
        return Ok((ns.abs() < i64::MAX as f64).then_some(ns as i64));
    }
    match vm.index_opt(r)? {
        Some(i) => Ok(i.as_i64().and_then(|s| s.checked_mul(1_000_000_000))),
        None => {
            let text = format!(
                "'{}' object cannot be interpreted as an integer or float",
                vm.type_name(r)
            );
            Err(vm.type_error(&text))
        }
    }
}

/// The optional argument in seconds since the Epoch, rounded down.
fn seconds_arg(vm: &mut Vm, a: &[Ref]) -> R<i64> {
    let Some(given) = arg(a, 0).filter(|s| !s.is_none()) else {
        return Ok(vm.host.time_ns().div_euclid(1_000_000_000) as i64);
    };
    let seconds = match given.as_float() {
        Some(f) if f.is_nan() => {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        Some(f) => Some(f.floor())
            .filter(|f| f.abs() < i64::MAX as f64)
            .map(|f| f as i64),
        None => vm.index(given)?.as_i64(),
    };
    let Some(seconds) = seconds else {
        return Err(vm.overflow_error("timestamp out of range for platform time_t"));
    };
    // Years that don't fit a C int, which counts them from 1900.
    if !(-67_768_040_609_740_800..=67_768_036_191_676_799).contains(&seconds) {
        return Err(vm.os_error_number(75, &Ref::UNDEFINED));
    }
    Ok(seconds)
}

/// The local time zone, read when first asked for.
fn zone_of(vm: &mut Vm) -> TimeZone {
    if let Some(zone) = &vm.lib.zone {
        return zone.clone();
    }
    let zone = zone::read(vm);
    vm.lib.zone = Some(zone.clone());
    zone
}

fn local(vm: &mut Vm, seconds: i64) -> Moment {
    let zone = zone_of(vm);
    zone::local(&zone, seconds)
}

fn now(vm: &mut Vm) -> Moment {
    let seconds = vm.host.time_ns().div_euclid(1_000_000_000) as i64;
    local(vm, seconds)
}

fn struct_time(vm: &mut Vm, m: Moment) -> R<Ref> {
    let numbers = [
        m.year, m.month, m.day, m.hour, m.minute, m.second, m.weekday, m.yearday, m.dst,
    ];
    let mut values: Vec<Ref> = numbers.into_iter().map(new_int).collect();
    values.push(new_str(&m.zone));
    values.push(new_int(m.offset));
    Ok(structseq::make(vm, &STRUCT_TIME, values))
}

/// A time tuple, not yet checked.
fn tuple_arg(vm: &mut Vm, function: &str, r: &Ref) -> R<Moment> {
    let Some(items) = r.tuple_items() else {
        return Err(vm.type_error("Tuple or struct_time argument required"));
    };
    if items.len() != 9 {
        return Err(vm.type_error(&format!("{function}(): illegal time tuple argument")));
    }
    let mut n = [0i64; 9];
    for (to, item) in n.iter_mut().zip(items) {
        let value = vm.index(item)?;
        let Some(value) = value.as_i64() else {
            return Err(vm.overflow_error("Python int too large to convert to C long"));
        };
        if value > i32::MAX as i64 {
            return Err(vm.overflow_error("signed integer is greater than maximum"));
        }
        if value < i32::MIN as i64 {
            return Err(vm.overflow_error("signed integer is less than minimum"));
        }
        *to = value;
    }
    if n[0] < i32::MIN as i64 + 1900 {
        return Err(vm.overflow_error("year out of range"));
    }
    let mut moment = Moment {
        year: n[0],
        month: n[1],
        day: n[2],
        hour: n[3],
        minute: n[4],
        second: n[5],
        weekday: n[6],
        yearday: n[7],
        dst: n[8],
        zone: String::new(),
        offset: 0,
    };
    let class = structseq::class(vm, &STRUCT_TIME);
    if class_of(r).is(&class) {
        let zone = vm.getattr(r, &intern("tm_zone"))?;
        if zone.is_str() {
            moment.zone = vm.str_lossy(&zone);
        }
        let offset = vm.getattr(r, &intern("tm_gmtoff"))?;
        moment.offset = offset.as_i64().unwrap_or(0);
    }
    if moment.zone.is_empty() {
        let zone = zone_of(vm);
        let seconds = vm.host.time_ns().div_euclid(1_000_000_000) as i64;
        let [winter, summer] = zone::names(&zone, seconds).3;
        moment.zone = if moment.dst > 0 { summer } else { winter };
    }
    Ok(moment)
}

/// A time tuple whose fields are in range; zeros stand for the smallest values.
fn checked(vm: &mut Vm, function: &str, r: &Ref) -> R<Moment> {
    let mut m = tuple_arg(vm, function, r)?;
    for field in [&mut m.month, &mut m.day, &mut m.yearday] {
        if *field == 0 {
            *field = 1;
        }
    }
    in_range(vm, &m)?;
    m.weekday = m.weekday.rem_euclid(7);
    Ok(m)
}

fn in_range(vm: &mut Vm, m: &Moment) -> R<()> {
    let checks = [
        (m.month, 1, 12, "month"),
        (m.day, 1, 31, "day of month"),
        (m.hour, 0, 23, "hour"),
        (m.minute, 0, 59, "minute"),
        (m.second, 0, 61, "seconds"),
        (m.weekday, -1, i64::MAX, "day of week"),
        (m.yearday, 1, 366, "day of year"),
    ];
    for (value, low, high, name) in checks {
        if value < low || value > high {
            return Err(vm.value_error(&format!("{name} out of range")));
        }
    }
    Ok(())
}

fn strftime(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if !a[0].is_str() {
        let text = format!(
            "strftime() argument 1 must be str, not {}",
            vm.type_name(&a[0])
        );
        return Err(vm.type_error(&text));
    }
    let moment = match arg(a, 1) {
        Some(t) => checked(vm, "strftime", t)?,
        None => now(vm),
    };
    let zone = zone_of(vm);
    let mut out = Vec::new();
    let seconds = || zone::to_seconds(&zone, &moment);
    moment.format(a[0].str_obj().bytes(), &seconds, &mut out);
    Ok(StrObj::make(&out))
}

/// The number of a clock as the system's clock.
fn clock_id(vm: &mut Vm, r: &Ref) -> R<ClockId> {
    if !r.is_int() {
        let text = format!("clk_id should be integer, not {}", vm.type_name(r));
        return Err(vm.type_error(&text));
    }
    Ok(match r.as_i64() {
        Some(0) => ClockId::Realtime,
        Some(1) => ClockId::Monotonic,
        Some(2) => ClockId::ProcessCPUTime,
        Some(3) => ClockId::ThreadCPUTime,
        Some(4) => ClockId::MonotonicRaw,
        Some(7) => ClockId::Boottime,
        _ => {
            return Err(vm.os_error_number(22, &Ref::UNDEFINED));
        }
    })
}

fn clock(_: &mut Vm, clock: ClockId, nanoseconds: bool) -> R<Ref> {
    let t = clock_gettime(clock);
    let ns = t.tv_sec as i128 * 1_000_000_000 + t.tv_nsec as i128;
    Ok(if nanoseconds {
        new_bigint(ns.into())
    } else {
        new_float(ns as f64 / 1e9)
    })
}

/// A program may not set the system's clocks.
fn set_clock(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    clock_id(vm, &a[0])?;
    Err(vm.os_error_number(1, &Ref::UNDEFINED))
}

fn clock_info(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if !a[0].is_str() {
        let text = format!(
            "get_clock_info() argument 1 must be str, not {}",
            vm.type_name(&a[0])
        );
        return Err(vm.type_error(&text));
    }
    let (clock, monotonic) = match vm.str_lossy(&a[0]).as_str() {
        "time" => ("CLOCK_REALTIME", false),
        "monotonic" | "perf_counter" => ("CLOCK_MONOTONIC", true),
        "process_time" => ("CLOCK_PROCESS_CPUTIME_ID", true),
        "thread_time" => ("CLOCK_THREAD_CPUTIME_ID", true),
        _ => return Err(vm.value_error("unknown clock")),
    };
    let fields = DictObj::new_dict();
    if let Some(d) = fields.cast::<DictObj>() {
        d.set_name(
            "implementation",
            new_str(&format!("clock_gettime({clock})")),
        );
        d.set_name("monotonic", Ref::bool(monotonic));
        d.set_name("adjustable", Ref::bool(!monotonic));
        d.set_name("resolution", new_float(1e-9));
    }
    let class = rt().types.simple_namespace.clone();
    vm.call(&class, &[fields])
}

/// `timezone`, `altzone`, `daylight` and `tzname`.
fn zone_constants(vm: &mut Vm, module: &Ref) {
    let zone = zone_of(vm);
    let seconds = vm.host.time_ns().div_euclid(1_000_000_000) as i64;
    let (timezone, altzone, daylight, [winter, summer]) = zone::names(&zone, seconds);
    set(module, "timezone", new_int(timezone));
    set(module, "altzone", new_int(altzone));
    set(module, "daylight", new_int(daylight as i64));
    let names = new_tuple(vec![new_str(&winter), new_str(&summer)]);
    set(module, "tzname", names);
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "time",
        "Clocks, waiting, and the calendar.\n\nA moment is a number of seconds since the epoch, the beginning of 1970 in UTC, or a struct_time, a tuple of nine\nnumbers: year, month, day, hour, minute, second, day of the week (Monday is 0), day of the year, and whether daylight\nsaving time holds (1, 0, or -1 for unknown).",
        FUNCTIONS,
    );
    let class = structseq::class(vm, &STRUCT_TIME);
    set(&m, "struct_time", class);
    set(&m, "_STRUCT_TM_ITEMS", new_int(11));
    for (name, number) in [
        ("CLOCK_REALTIME", 0),
        ("CLOCK_MONOTONIC", 1),
        ("CLOCK_PROCESS_CPUTIME_ID", 2),
        ("CLOCK_THREAD_CPUTIME_ID", 3),
        ("CLOCK_MONOTONIC_RAW", 4),
        ("CLOCK_BOOTTIME", 7),
        ("CLOCK_TAI", 11),
    ] {
        set(&m, name, new_int(number));
    }
    zone_constants(vm, &m);
    Ok(m)
}
