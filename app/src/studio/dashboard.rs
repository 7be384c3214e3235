//! The live dashboard of a wave: every question with its base, its chart and its table.
//!
//! The page is drawn on the server and is complete without JavaScript. With it, an island follows
//! the wave by Server-Sent Events and puts new fragments in place of old ones. Both draw with the
//! same [`fragments`], so a number looks the same whoever drew it.
//!
//! Reading order: [`screen`] → [`fragments`] → `page` → [`island`].

pub mod fragments;
pub mod island;
pub mod words;

#[cfg(feature = "ssr")]
mod admission;
#[cfg(feature = "ssr")]
mod arrivals;
#[cfg(feature = "ssr")]
mod cut;
#[cfg(feature = "ssr")]
pub mod cut_screen;
#[cfg(feature = "ssr")]
mod filter;
#[cfg(feature = "studio")]
mod live;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
pub mod screen;
#[cfg(feature = "ssr")]
mod wall;

#[cfg(feature = "ssr")]
pub(crate) use filter::filter;
#[cfg(feature = "ssr")]
pub(crate) use page::dashboard;
