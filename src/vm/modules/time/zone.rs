//! The local time zone: `TZ` or the system's, its offsets and its names.

use super::calendar::Moment;
use crate::Vm;
use crate::value::*;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What `TZ` stands for; without it the system's zone.
pub(super) fn read(vm: &mut Vm) -> TimeZone {
    let Some(text) = variable(vm) else {
        return TimeZone::try_system().unwrap_or(TimeZone::UTC);
    };
    let text = text.strip_prefix(':').unwrap_or(&text);
    if text.is_empty() {
        return TimeZone::UTC;
    }
    TimeZone::get(text)
        .or_else(|_| TimeZone::posix(text))
        .unwrap_or(TimeZone::UTC)
}

/// `TZ` as the program sees it: what it puts in `os.environ` counts.
fn variable(vm: &mut Vm) -> Option<String> {
    let os = vm
        .sys_attr("modules")
        .and_then(|m| m.cast::<DictObj>()?.get_name("os"));
    if let Some(os) = os {
        let found = vm
            .getattr(&os, &intern("environ"))
            .and_then(|environ| vm.call_method(&environ, "get", &[intern("TZ")]));
        match found {
            Ok(v) if v.is_str() => return Some(vm.str_lossy(&v)),
            Ok(v) if v.is_none() => return None,
            Ok(_) => {}
            Err(_) => drop(vm.take_exc()),
        }
    }
    let value = vm.host.env("TZ")?;
    Some(value.to_string_lossy().into_owned())
}

/// Offset from UTC, whether summer time is in effect, and the zone's name at a moment.
pub(super) fn at(zone: &TimeZone, seconds: i64) -> (i64, bool, String) {
    let (low, high) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    let moment = Timestamp::from_second(seconds.clamp(low, high)).unwrap_or(Timestamp::UNIX_EPOCH);
    let info = zone.to_offset_info(moment);
    (
        info.offset().seconds() as i64,
        info.dst().is_dst(),
        info.abbreviation().to_string(),
    )
}

/// The local broken-down time.
pub(super) fn local(zone: &TimeZone, seconds: i64) -> Moment {
    let (offset, dst, name) = at(zone, seconds);
    let mut moment = Moment::from_seconds(seconds, offset);
    moment.dst = dst as i64;
    moment.zone = name;
    moment
}

/// Seconds since the Epoch of a local time, whose fields may be out of range.
pub(super) fn to_seconds(zone: &TimeZone, moment: &Moment) -> i64 {
    let utc = moment.as_utc();
    // The offsets that can be in effect around it; a local time may exist twice or never.
    let day = 86400;
    let before = at(zone, utc - day);
    let after = at(zone, utc + day);
    let mut candidates = vec![&before, &after];
    candidates.retain(|c| at(zone, utc - c.0).0 == c.0);
    if moment.dst < 0 {
        return match candidates.first() {
            Some(c) => utc - c.0,
            None => utc - before.0,
        };
    }
    let wanted = moment.dst > 0;
    if let Some(c) = candidates.iter().find(|c| c.1 == wanted) {
        return utc - c.0;
    }
    let here = candidates.first().unwrap_or(&&before).0;
    // The other kind of time is looked for in the seasons around.
    for months in 1..=12 {
        for sign in [-1, 1] {
            let other = at(zone, utc + sign * months * 30 * day);
            if other.1 == wanted {
                return utc - other.0;
            }
        }
    }
    utc - here - if wanted { 3600 } else { 0 }
}

/// `timezone`, `altzone`, `daylight` and `tzname` of the current year.
pub(super) fn names(zone: &TimeZone, now: i64) -> (i64, i64, bool, [String; 2]) {
    let year = Moment::from_seconds(now, 0).year;
    let season = |month: i64| {
        at(
            zone,
            super::calendar::days_from_civil(year, month, 1) * 86400,
        )
    };
    let (january, july) = (season(1), season(7));
    let (winter, summer) = if january.0 <= july.0 {
        (january, july)
    } else {
        (july, january)
    };
    (
        -winter.0,
        -summer.0,
        winter.0 != summer.0,
        [winter.2, summer.2],
    )
}
