//! Enumerations whose values are words of the registry.

/// Gives an enumeration its values and its words from one list: `ALL`, the method that returns the
/// word, and for the crate itself `EACH`, `COUNT` and `of_word`.
macro_rules! words {
    (
        $type:ident:
        $(#[$all:meta])* ALL;
        $(#[$method_meta:meta])* fn $method:ident { $($variant:ident => $word:literal,)+ }
    ) => {
        #[cfg_attr(not(baked), allow(dead_code, reason = "the build script uses few of these"))]
        impl $type {
            $(#[$all])*
            pub const ALL: &'static [Self] = &Self::EACH;

            /// [`Self::ALL`] as an array.
            pub(crate) const EACH: [Self; Self::COUNT] = [$(Self::$variant),+];

            /// How many values there are.
            pub(crate) const COUNT: usize = [$($word),+].len();

            $(#[$method_meta])*
            #[must_use]
            pub const fn $method(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The value of a word, ASCII case ignored.
            #[inline]
            pub(crate) const fn of_word(word: &[u8]) -> Option<Self> {
                let mut index = 0;
                while index < Self::COUNT {
                    let value = Self::EACH[index];
                    if $crate::format::ascii::equal_ignoring_case(value.$method().as_bytes(), word)
                    {
                        return Some(value);
                    }
                    index += 1;
                }
                None
            }
        }

        // Tables and sets keep a value at the place that it has among all.
        #[cfg(baked)]
        const _: () = {
            let mut index = 0;
            while index < <$type>::COUNT {
                assert!(<$type>::EACH[index] as usize == index);
                index += 1;
            }
        };
    };
}

pub(crate) use words;
