//! Declares enums whose variants have one word each, so that variant and word stand together.

/// Declares an enum and the word of each variant; `ALL`, `as_str` and `Display` follow from them.
macro_rules! word_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// Returns its word.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use word_enum;

/// Reads the words of an enum, in upper or lower case. The text says what they are: it completes "must be ..".
macro_rules! read_words {
    ($name:ident, $expected:literal) => {
        impl std::str::FromStr for $name {
            type Err = crate::ParseValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let named = |choice: &Self| choice.as_str().eq_ignore_ascii_case(text);
                Self::ALL.into_iter().find(named).ok_or(crate::ParseValueError::new($expected))
            }
        }
    };
}
pub(crate) use read_words;
