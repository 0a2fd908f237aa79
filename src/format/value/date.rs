//! Calendar dates as the registry gives them.

use core::fmt;

use crate::format::ascii::decimal;
use crate::format::stack_text::StackText;

/// A date of the registry, exact to the day or only to the month (columns "Registration Date"
/// and "Modification Date").
///
/// Ordered by time; a month without a day comes before every day of that month.
///
/// ```
/// use port_registry::{Date, Tcp, service_by_port};
///
/// let registered = service_by_port(6379, Tcp).unwrap().registered().unwrap();
/// assert_eq!((registered.year(), registered.month(), registered.day()), (2015, 4, Some(23)));
/// assert!("2015-04".parse::<Date>().unwrap() < registered);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    /// 0 where only the month is known.
    day: u8,
}

impl Date {
    /// Returns the date with these parts, or `None` if the Gregorian calendar has no such date in
    /// the years 0 to 9999.
    ///
    /// ```
    /// use port_registry::Date;
    ///
    /// assert_eq!(Date::new(2026, 8, Some(17)), "2026-08-17".parse().ok());
    /// assert_eq!(Date::new(2026, 2, Some(29)), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn new(year: u16, month: u8, day: Option<u8>) -> Option<Self> {
        if year > 9999 || month == 0 || month > 12 {
            return None;
        }
        let day = match day {
            None => 0,
            Some(day) if day >= 1 && day <= days_in(year, month) => day,
            Some(_) => return None,
        };
        Some(Self { year, month, day })
    }

    /// Returns the year, 0 to 9999.
    ///
    /// ```
    /// assert_eq!("2026-08".parse::<port_registry::Date>().unwrap().year(), 2026);
    /// ```
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
    #[must_use]
    #[inline]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 (January) to 12.
    ///
    /// ```
    /// assert_eq!("2026-08".parse::<port_registry::Date>().unwrap().month(), 8);
    /// ```
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
    #[must_use]
    #[inline]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1, or `None` where the registry gives only the month.
    ///
    /// ```
    /// assert_eq!("2026-08".parse::<port_registry::Date>().unwrap().day(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn day(self) -> Option<u8> {
        match self.day {
            0 => None,
            day => Some(day),
        }
    }

    /// What [`Date::parse`] reads, in words that follow "expected".
    pub(crate) const EXPECTED: &str = "`YYYY-MM` or `YYYY-MM-DD` of the calendar";

    /// Reads `YYYY-MM` or `YYYY-MM-DD`.
    #[inline]
    pub(crate) const fn parse(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        let Some(([year @ .., b'-'], rest)) = text.split_at_checked("YYYY-".len()) else {
            return None;
        };
        let (month, day) = match rest {
            [month @ .., b'-', tens, ones] => (month, Some([*tens, *ones])),
            month => (month, None),
        };
        if month.len() != "MM".len() {
            return None;
        }
        let day = match day {
            None => None,
            Some(digits) => match decimal(&digits) {
                Some(day) => Some(day as u8),
                None => return None,
            },
        };
        match (decimal(year), decimal(month)) {
            (Some(year), Some(month)) => Self::new(year as u16, month as u8, day),
            _ => None,
        }
    }

    /// The form in which the tables hold a date, at most 24 bits. Later dates give larger numbers.
    #[cfg(not(baked))]
    pub(crate) const fn to_bits(self) -> u32 {
        (self.year as u32) << 9 | (self.month as u32) << 5 | self.day as u32
    }

    /// The date that [`Date::to_bits`] turned into `bits`.
    #[cfg(baked)]
    #[inline]
    pub(crate) const fn from_bits(bits: u32) -> Self {
        Self {
            year: (bits >> 9) as u16,
            month: (bits >> 5 & 15) as u8,
            day: (bits & 31) as u8,
        }
    }
}

#[inline]
const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Writes the date as IANA does: `2003-01-31`, or `2003-01` where the day is not known.
impl fmt::Display for Date {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, .. } = self;
        let text = match self.day() {
            None => StackText::<10>::format(format_args!("{year:04}-{month:02}")),
            Some(day) => StackText::<10>::format(format_args!("{year:04}-{month:02}-{day:02}")),
        };
        f.pad(text?.as_str())
    }
}

impl fmt::Debug for Date {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}
