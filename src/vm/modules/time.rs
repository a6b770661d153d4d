//! The module `time`: clocks and sleeping. Calendar functions work in UTC.

use super::structseq::{self, Declaration};
use super::{new_module, set};
use crate::native::arg;
use crate::value::*;
use crate::vm::{new_bigint, new_float, new_int, new_str, new_tuple};
use crate::{R, Vm, functions};
use std::time::Duration;

functions! { FUNCTIONS;
    "time()" => |vm, _| Ok(new_float(vm.host.time_ns() as f64 / 1e9)), "Return the current time in seconds since the Epoch.\n\nFractions of a second may be present if the system clock provides them.";
    "time_ns()" => |vm, _| Ok(new_bigint(vm.host.time_ns().into())), "Return the current time in nanoseconds since the Epoch.";
    "monotonic()" => |vm, _| Ok(new_float(vm.host.monotonic_ns() as f64 / 1e9)), "Monotonic clock, cannot go backward.";
    "monotonic_ns()" => |vm, _| Ok(new_bigint(vm.host.monotonic_ns().into())), "Monotonic clock, cannot go backward, as nanoseconds.";
    "perf_counter()" => |vm, _| Ok(new_float(vm.host.monotonic_ns() as f64 / 1e9)), "Performance counter for benchmarking.";
    "perf_counter_ns()" => |vm, _| Ok(new_bigint(vm.host.monotonic_ns().into())), "Performance counter for benchmarking as nanoseconds.";
    "process_time()" => |vm, _| Ok(new_float(vm.host.process_time_ns() as f64 / 1e9)), "Process time for profiling: sum of the kernel and user-space CPU time.";
    "process_time_ns()" => |vm, _| Ok(new_bigint(vm.host.process_time_ns().into())), "Process time for profiling as nanoseconds:\nsum of the kernel and user-space CPU time.";
    "sleep(object, /)" => sleep, "sleep(seconds)\n\nDelay execution for a given number of seconds.  The argument may be\na floating-point number for subsecond precision.";
    "gmtime(seconds=None, /)" => broken_down, "gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,\n                       tm_sec, tm_wday, tm_yday, tm_isdst)\n\nConvert seconds since the Epoch to a time tuple expressing UTC (a.k.a.\nGMT).  When 'seconds' is not passed in, convert the current time instead.";
    "localtime(seconds=None, /)" => broken_down, "localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,\n                          tm_sec,tm_wday,tm_yday,tm_isdst)\n\nConvert seconds since the Epoch to a time tuple expressing local time.\nWhen 'seconds' is not passed in, convert the current time instead.";
}

static STRUCT_TIME: Declaration = Declaration {
    name: "time.struct_time",
    doc: "The time value as returned by gmtime(), localtime(), and strptime(), and\naccepted by asctime(), mktime() and strftime().  May be considered as a\nsequence of 9 integers.",
    fields: &[
        ("tm_year", "year, for example, 1993"),
        ("tm_mon", "month of year, range [1, 12]"),
        ("tm_mday", "day of month, range [1, 31]"),
        ("tm_hour", "hours, range [0, 23]"),
        ("tm_min", "minutes, range [0, 59]"),
        ("tm_sec", "seconds, range [0, 61])"),
        ("tm_wday", "day of week, range [0, 6], Monday is 0"),
        ("tm_yday", "day of year, range [1, 366]"),
        (
            "tm_isdst",
            "1 if summer time is in effect, 0 if not, and -1 if unknown",
        ),
        ("tm_zone", "abbreviation of timezone name"),
        ("tm_gmtoff", "offset from UTC in seconds"),
    ],
    visible: 9,
    callable: true,
};

/// The longest uninterrupted wait, so that signals are seen.
const SLICE: Duration = Duration::from_millis(50);

fn sleep(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let seconds = vm.float_value(&a[0])?;
    if seconds.is_nan() {
        return Err(vm.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(vm.value_error("sleep length must be non-negative"));
    }
    let Ok(total) = Duration::try_from_secs_f64(seconds) else {
        return Err(vm.overflow_error("timestamp out of range for platform time_t"));
    };
    let end = vm.host.monotonic_ns() + total.as_nanos() as i128;
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

fn broken_down(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let seconds = match arg(a, 0).filter(|s| !s.is_none()) {
        Some(s) => vm.float_value(s)?.floor(),
        None => (vm.host.time_ns() as f64 / 1e9).floor(),
    };
    if seconds.is_nan() || seconds.abs() > 6.7e16 {
        return Err(vm.overflow_error("timestamp out of range for platform time_t"));
    }
    let seconds = seconds as i64;
    let (days, rest) = (seconds.div_euclid(86400), seconds.rem_euclid(86400));
    // The civil calendar, counted in eras of 400 years that begin in March.
    let z = days + 719_468;
    let (era, of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day + 2) / 153;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let month_day = day - (153 * month_from_march + 2) / 5 + 1;
    let year_day = before[(month - 1) as usize] + month_day + (leap && month > 2) as i64;
    let mut values: Vec<Ref> = [
        year,
        month,
        month_day,
        rest / 3600,
        rest / 60 % 60,
        rest % 60,
        (days + 3).rem_euclid(7),
        year_day,
        0,
    ]
    .into_iter()
    .map(new_int)
    .collect();
    values.push(new_str("UTC"));
    values.push(new_int(0));
    Ok(structseq::make(vm, &STRUCT_TIME, values))
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "time",
        "This module provides various functions to manipulate time values.",
        FUNCTIONS,
    );
    let class = structseq::class(vm, &STRUCT_TIME);
    set(&m, "struct_time", class);
    for name in ["timezone", "altzone", "daylight"] {
        set(&m, name, new_int(0));
    }
    set(
        &m,
        "tzname",
        new_tuple(vec![new_str("UTC"), new_str("UTC")]),
    );
    Ok(m)
}
