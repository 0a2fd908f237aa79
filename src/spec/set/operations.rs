//! The operations on sets, each in one walk through the spans of both.

use alloc::vec::Vec;
use core::ops::{
    BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Not, Sub, SubAssign,
};

use super::SpecSet;
use super::spans::{Edges, until};
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;

/// The spans of the ports to keep, by whether each list holds them. Ports that neither holds are
/// not kept.
#[inline]
fn combine(a: &[Ports], b: &[Ports], keep: impl Fn(bool, bool) -> bool) -> Vec<Ports> {
    let (mut a, mut b) = (Edges::of(a), Edges::of(b));
    let mut kept = Vec::new();
    let mut begun = None;
    while let Some(edge) = [a.next(), b.next()].into_iter().flatten().min() {
        a.pass(edge);
        b.pass(edge);
        match (begun, keep(a.inside(), b.inside())) {
            (None, true) => begun = Some(edge),
            (Some(first), false) => {
                kept.extend(until(first, edge));
                begun = None;
            }
            _ => {}
        }
    }
    kept
}

/// Puts spans in order and joins those that overlap or touch.
#[inline]
pub(super) fn union_of(spans: &mut Vec<Ports>) {
    spans.sort_unstable();
    spans.dedup_by(|next, joined| match joined.join(*next) {
        Some(both) => {
            *joined = both;
            true
        }
        None => false,
    });
}

impl SpecSet {
    /// Returns the set of what is in either set.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// let set = |text: &str| text.parse::<SpecSet>().unwrap();
    /// assert_eq!(set("80-90").union(&set("85-99,443/tcp")), set("80-99,443/tcp"));
    /// ```
    #[must_use]
    #[inline]
    pub fn union(&self, other: &Self) -> Self {
        self.combine(other, |own, others| own || others)
    }

    /// Returns the set of what is in both sets.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// let set = |text: &str| text.parse::<SpecSet>().unwrap();
    /// assert_eq!(set("80-90").intersection(&set("85-99/tcp")), set("85-90/tcp"));
    /// ```
    #[must_use]
    #[inline]
    pub fn intersection(&self, other: &Self) -> Self {
        self.combine(other, |own, others| own && others)
    }

    /// Returns the set of what is in this set and not in the other.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// let set = |text: &str| text.parse::<SpecSet>().unwrap();
    /// assert_eq!(set("80-90/tcp").difference(&set("85-99")), set("80-84/tcp"));
    /// ```
    #[must_use]
    #[inline]
    pub fn difference(&self, other: &Self) -> Self {
        self.combine(other, |own, others| own && !others)
    }

    /// Returns the set of what is in one of the sets and not in both.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// let set = |text: &str| text.parse::<SpecSet>().unwrap();
    /// assert_eq!(set("80-90").symmetric_difference(&set("85-99")), set("80-84,91-99"));
    /// ```
    #[must_use]
    #[inline]
    pub fn symmetric_difference(&self, other: &Self) -> Self {
        self.combine(other, |own, others| own != others)
    }

    /// Returns the set of all ports on all four protocols that are not in this set.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// let set: SpecSet = "1-65535,0/tcp,0/udp".parse().unwrap();
    /// assert_eq!(set.complement().to_string(), "0/sctp,0/dccp");
    /// ```
    #[must_use]
    #[inline]
    pub fn complement(&self) -> Self {
        self.symmetric_difference(&Self::from_iter([(Ports::ALL, Protocols::ALL)]))
    }

    /// Returns whether everything in this set is in the other too.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// let set = |text: &str| text.parse::<SpecSet>().unwrap();
    /// assert!(set("80,443/tcp").is_subset(&set("80-90,https")));
    /// assert!(!set("80").is_subset(&set("80/tcp")));
    /// ```
    #[must_use]
    #[inline]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.difference(other).is_empty()
    }

    /// Returns whether everything in the other set is in this one too.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// let set = |text: &str| text.parse::<SpecSet>().unwrap();
    /// assert!(set("80-90").is_superset(&set("88/udp")));
    /// ```
    #[must_use]
    #[inline]
    pub fn is_superset(&self, other: &Self) -> bool {
        other.is_subset(self)
    }

    /// Returns whether nothing is in both sets.
    ///
    /// ```
    /// use port_registry::SpecSet;
    ///
    /// let set = |text: &str| text.parse::<SpecSet>().unwrap();
    /// assert!(set("80-90/tcp").is_disjoint(&set("80-90/udp")));
    /// assert!(!set("80-90/tcp").is_disjoint(&set("88")));
    /// ```
    #[must_use]
    #[inline]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.intersection(other).is_empty()
    }

    #[inline]
    fn combine(&self, other: &Self, keep: impl Fn(bool, bool) -> bool) -> Self {
        let spans = |protocol| combine(self.of(protocol), other.of(protocol), &keep);
        Self {
            spans: Protocol::EACH.map(spans),
        }
    }

    /// Changes the spans of these protocols by the given ports.
    #[inline]
    pub(super) fn change(
        &mut self,
        ports: Ports,
        protocols: Protocols,
        keep: impl Fn(bool, bool) -> bool,
    ) {
        for (spans, protocol) in self.spans.iter_mut().zip(Protocol::EACH) {
            if protocols.contains(protocol) {
                *spans = combine(spans, &[ports], &keep);
            }
        }
    }
}

macro_rules! operator {
    ($operator:ident, $function:ident, $assign:ident, $assign_function:ident, $method:ident) => {
        #[doc = concat!("The same as [`SpecSet::", stringify!($method), "`].")]
        impl $operator for &SpecSet {
            type Output = SpecSet;

            fn $function(self, other: Self) -> SpecSet {
                self.$method(other)
            }
        }

        #[doc = concat!("The same as [`SpecSet::", stringify!($method), "`].")]
        impl $operator for SpecSet {
            type Output = SpecSet;

            fn $function(self, other: Self) -> SpecSet {
                self.$method(&other)
            }
        }

        #[doc = concat!("Makes this set its [`", stringify!($method), "`](SpecSet::", stringify!($method), ") with the other.")]
        impl $assign<&Self> for SpecSet {
            fn $assign_function(&mut self, other: &Self) {
                *self = self.$method(other);
            }
        }

        #[doc = concat!("Makes this set its [`", stringify!($method), "`](SpecSet::", stringify!($method), ") with the other.")]
        impl $assign for SpecSet {
            fn $assign_function(&mut self, other: Self) {
                *self = self.$method(&other);
            }
        }
    };
}

operator!(BitOr, bitor, BitOrAssign, bitor_assign, union);
operator!(BitAnd, bitand, BitAndAssign, bitand_assign, intersection);
operator!(Sub, sub, SubAssign, sub_assign, difference);
operator!(
    BitXor,
    bitxor,
    BitXorAssign,
    bitxor_assign,
    symmetric_difference
);

/// The same as [`SpecSet::complement`].
impl Not for &SpecSet {
    type Output = SpecSet;

    #[inline]
    fn not(self) -> SpecSet {
        self.complement()
    }
}

/// The same as [`SpecSet::complement`].
impl Not for SpecSet {
    type Output = SpecSet;

    #[inline]
    fn not(self) -> SpecSet {
        self.complement()
    }
}
