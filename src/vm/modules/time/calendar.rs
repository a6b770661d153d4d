//! The proleptic Gregorian calendar and the formats of `strftime` in the C locale.

pub(super) const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A broken-down time. Months and days of the year count from 1, Monday is 0.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct Moment {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub weekday: i64,
    pub yearday: i64,
    pub dst: i64,
    pub zone: String,
    pub offset: i64,
}

/// Days since 1970-01-01 of a date; the month may be out of range.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    // Years that begin in March, in eras of 400.
    let y = year - (month <= 2) as i64;
    let (era, of_era) = (y.div_euclid(400), y.rem_euclid(400));
    let from_march = (month + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468 + (day - 1)
}

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl Moment {
    /// The moment of a number of seconds since the Epoch, in a zone with that offset.
    pub fn from_seconds(seconds: i64, offset: i64) -> Moment {
        let local = seconds.saturating_add(offset);
        let (days, rest) = (local.div_euclid(86400), local.rem_euclid(86400));
        let z = days + 719_468;
        let (era, of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let day = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day + 2) / 153;
        let month = (from_march + 2) % 12 + 1;
        let year = year_of_era + era * 400 + (month <= 2) as i64;
        Moment {
            year,
            month,
            day: day - (153 * from_march + 2) / 5 + 1,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
            weekday: (days + 3).rem_euclid(7),
            yearday: days - days_from_civil(year, 1, 1) + 1,
            dst: 0,
            zone: "UTC".into(),
            offset,
        }
    }

    /// Seconds since the Epoch as if the fields were UTC; fields may be out of range.
    pub fn as_utc(&self) -> i64 {
        days_from_civil(self.year, self.month, self.day) * 86400
            + self.hour * 3600
            + self.minute * 60
            + self.second
    }

    /// `Wed Jun  9 04:26:40 1993`.
    pub fn asctime(&self) -> String {
        format!(
            "{} {}{:>3} {:02}:{:02}:{:02} {}",
            &day_name(self.weekday)[..3],
            &month_name(self.month)[..3],
            self.day,
            self.hour,
            self.minute,
            self.second,
            self.year
        )
    }

    /// Year and number of the week of ISO 8601.
    fn iso_week(&self) -> (i64, i64) {
        let week = (self.yearday - 1 - self.weekday + 10) / 7;
        let weeks_in = |year: i64| {
            let first = (days_from_civil(year, 1, 1) + 3).rem_euclid(7);
            if first == 3 || (first == 2 && leap(year)) {
                53
            } else {
                52
            }
        };
        if week < 1 {
            (self.year - 1, weeks_in(self.year - 1))
        } else if week > weeks_in(self.year) {
            (self.year + 1, 1)
        } else {
            (self.year, week)
        }
    }

    /// `strftime` of one piece of text. `seconds` gives the seconds since the Epoch for `%s`.
    pub fn format(&self, format: &[u8], seconds: &dyn Fn() -> i64, out: &mut Vec<u8>) {
        let mut i = 0;
        while i < format.len() {
            if format[i] != b'%' {
                out.push(format[i]);
                i += 1;
                continue;
            }
            let start = i;
            i += 1;
            let mut spec = Spec::default();
            while let Some(&c) = format.get(i) {
                match c {
                    b'_' | b'-' | b'0' => spec.pad = Some(c),
                    b'^' => spec.upper = true,
                    b'#' => spec.swap = true,
                    _ => break,
                }
                i += 1;
            }
            while let Some(c) = format.get(i).filter(|c| c.is_ascii_digit()) {
                spec.width = (spec.width * 10 + (c - b'0') as usize).min(MAX_WIDTH);
                i += 1;
            }
            if matches!(format.get(i), Some(b'E' | b'O')) {
                i += 1;
            }
            let known = match format.get(i) {
                Some(&c) => self.directive(c, &spec, seconds, out),
                None => false,
            };
            i = (i + 1).min(format.len());
            if !known {
                out.extend_from_slice(&format[start..i]);
            }
        }
    }

    fn directive(&self, c: u8, spec: &Spec, seconds: &dyn Fn() -> i64, out: &mut Vec<u8>) -> bool {
        let compound = |f: &[u8], out: &mut Vec<u8>| {
            let mut text = Vec::new();
            self.format(f, seconds, &mut text);
            spec.put_text(&text, out);
        };
        let hour12 = match self.hour % 12 {
            0 => 12,
            h => h,
        };
        let sunday = (self.weekday + 1) % 7;
        match c {
            b'a' => spec.put_name(&day_name(self.weekday)[..3], out),
            b'A' => spec.put_name(day_name(self.weekday), out),
            b'b' | b'h' => spec.put_name(&month_name(self.month)[..3], out),
            b'B' => spec.put_name(month_name(self.month), out),
            b'c' => compound(b"%a %b %e %H:%M:%S %Y", out),
            b'C' => spec.put_number(self.year.div_euclid(100), 1, b'0', out),
            b'd' => spec.put_number(self.day, 2, b'0', out),
            b'D' | b'x' => compound(b"%m/%d/%y", out),
            b'e' => spec.put_number(self.day, 2, b'_', out),
            b'F' => compound(b"%Y-%m-%d", out),
            b'g' => spec.put_number(self.iso_week().0.rem_euclid(100), 2, b'0', out),
            b'G' => spec.put_number(self.iso_week().0, 1, b'0', out),
            b'H' => spec.put_number(self.hour, 2, b'0', out),
            b'I' => spec.put_number(hour12, 2, b'0', out),
            b'j' => spec.put_number(self.yearday, 3, b'0', out),
            b'k' => spec.put_number(self.hour, 2, b'_', out),
            b'l' => spec.put_number(hour12, 2, b'_', out),
            b'm' => spec.put_number(self.month, 2, b'0', out),
            b'M' => spec.put_number(self.minute, 2, b'0', out),
            b'n' => out.push(b'\n'),
            b'p' | b'P' => {
                let name = if self.hour >= 12 { "PM" } else { "AM" };
                if c == b'P' || spec.swap {
                    spec.put_text(name.to_ascii_lowercase().as_bytes(), out)
                } else {
                    spec.put_text(name.as_bytes(), out)
                }
            }
            b'r' => compound(b"%I:%M:%S %p", out),
            b'R' => compound(b"%H:%M", out),
            b's' => spec.put_number(seconds(), 1, b'0', out),
            b'S' => spec.put_number(self.second, 2, b'0', out),
            b't' => out.push(b'\t'),
            b'T' | b'X' => compound(b"%H:%M:%S", out),
            b'u' => spec.put_number(self.weekday + 1, 1, b'0', out),
            b'U' => spec.put_number((self.yearday + 6 - sunday) / 7, 2, b'0', out),
            b'V' => spec.put_number(self.iso_week().1, 2, b'0', out),
            b'w' => spec.put_number(sunday, 1, b'0', out),
            b'W' => spec.put_number((self.yearday + 6 - self.weekday) / 7, 2, b'0', out),
            b'y' => spec.put_number(self.year.rem_euclid(100), 2, b'0', out),
            b'Y' => spec.put_number(self.year, 1, b'0', out),
            b'z' => {
                let sign = if self.offset < 0 { '-' } else { '+' };
                let minutes = self.offset.abs() / 60;
                let text = format!("{sign}{:02}{:02}", minutes / 60, minutes % 60);
                spec.put_text(text.as_bytes(), out);
            }
            b'Z' => spec.put_text(self.zone.as_bytes(), out),
            b'%' => out.push(b'%'),
            _ => return false,
        }
        true
    }
}

/// The longest a directive's width may ask for.
const MAX_WIDTH: usize = 1 << 16;

/// The flags and the width between `%` and the letter, as in glibc.
#[derive(Default)]
struct Spec {
    pad: Option<u8>,
    upper: bool,
    swap: bool,
    width: usize,
}

impl Spec {
    fn put_text(&self, text: &[u8], out: &mut Vec<u8>) {
        if self.pad != Some(b'-') {
            let fill = if self.pad == Some(b'0') { b'0' } else { b' ' };
            out.resize(out.len() + self.width.saturating_sub(text.len()), fill);
        }
        if self.upper {
            out.extend(text.iter().map(u8::to_ascii_uppercase));
        } else {
            out.extend_from_slice(text);
        }
    }
    fn put_name(&self, name: &str, out: &mut Vec<u8>) {
        if self.swap {
            self.put_text(name.to_uppercase().as_bytes(), out)
        } else {
            self.put_text(name.as_bytes(), out)
        }
    }
    fn put_number(&self, n: i64, digits: usize, pad: u8, out: &mut Vec<u8>) {
        let pad = self.pad.unwrap_or(pad);
        let text = n.unsigned_abs().to_string();
        let width = if pad == b'-' {
            0
        } else {
            digits.max(self.width)
        };
        let missing = width.saturating_sub(text.len() + (n < 0) as usize);
        if pad == b'_' {
            out.resize(out.len() + missing, b' ');
        }
        if n < 0 {
            out.push(b'-');
        }
        if pad != b'_' {
            out.resize(out.len() + missing, b'0');
        }
        out.extend_from_slice(text.as_bytes());
    }
}

fn day_name(day: i64) -> &'static str {
    DAYS[day.rem_euclid(7) as usize]
}

fn month_name(month: i64) -> &'static str {
    MONTHS[(month - 1).rem_euclid(12) as usize]
}
