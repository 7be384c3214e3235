//! The address of a wave as a QR code: as a drawing for screens, as dots for print.

use app::paths;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use qrcode::{Color, EcLevel, QrCode};
use service::WaveInfo;
use service::team::Field;
use std::collections::HashMap;
use std::fmt::Write as _;

use super::field;
use super::gate::Within;
use crate::problem::Answer;
use crate::state::State;

/// Light modules around the dark ones: without them cameras do not find the code.
const QUIET: usize = 4;
/// At least this wide are the dots: 10 cm at 300 to the inch.
const LEAST_DOTS: usize = 1_181;
/// Dots to the metre, for programs that print: 300 to the inch.
const DENSITY: u32 = 11_811;

/// The whole address at which people answer a wave.
pub(super) fn link(state: &State, wave: &WaveInfo) -> String {
    format!("{}{}", state.public, paths::start(&wave.slug))
}

/// `GET /studio/s/{study}/waves/{wave}/qr.svg`
pub(crate) async fn svg(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let link = link(&within.signed.caller.reader.state, &wave);
    let drawn = Code::of(&link).map(|it| it.svg(&link).into_bytes());
    Ok(file(drawn, "image/svg+xml", &wave.slug, "svg"))
}

/// `GET /studio/s/{study}/waves/{wave}/qr.png`
pub(crate) async fn png(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let link = link(&within.signed.caller.reader.state, &wave);
    let drawn = Code::of(&link).and_then(|it| it.png());
    Ok(file(drawn, "image/png", &wave.slug, "png"))
}

/// A file that is kept, though pages show it too. An address for which no code is large enough has none.
fn file(drawn: Option<Vec<u8>>, kind: &'static str, wave: &str, ending: &str) -> Response {
    let Some(drawn) = drawn else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut answer = drawn.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // A wave's name has nothing in it that a header would have to quote.
    let name = format!("attachment; filename=\"{wave}-qr.{ending}\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    answer
}

/// A square of modules, dark or light.
struct Code {
    side: usize,
    dark: Vec<bool>,
}

impl Code {
    /// A text as a code of which a sixth may be unreadable; `None` if it is too long for any.
    fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let dark = code.to_colors().into_iter().map(|it| it == Color::Dark);
        Some(Self {
            side: code.width(),
            dark: dark.collect(),
        })
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && y < self.side && self.dark.get(y * self.side + x).copied() == Some(true)
    }

    /// Its side with the quiet zone.
    const fn whole(&self) -> usize {
        self.side + 2 * QUIET
    }

    /// Dark on light, whatever the page around it is.
    fn svg(&self, link: &str) -> String {
        let whole = self.whole();
        let mut path = String::new();
        for y in 0..self.side {
            let mut x = 0;
            while x < self.side {
                let run = (x..self.side).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    let (left, top) = (x + QUIET, y + QUIET);
                    // Writing into a text cannot fail.
                    let _ = write!(path, "M{left} {top}h{run}v1h-{run}z");
                }
                x += run.max(1);
            }
        }
        let link = link
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10cm\" height=\"10cm\" \
             viewBox=\"0 0 {whole} {whole}\" shape-rendering=\"crispEdges\" role=\"img\">\
             <title>{link}</title><rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/>\
             <path fill=\"#000\" d=\"{path}\"/></svg>\n"
        )
    }

    /// Black and white dots, each module a square of the same number of them.
    fn png(&self) -> Option<Vec<u8>> {
        let dots = LEAST_DOTS.div_ceil(self.whole());
        let width = dots * self.whole();
        let mut rows = Vec::new();
        for y in 0..width {
            let mut row = vec![0_u8; width.div_ceil(8)];
            for x in 0..width {
                let [x_at, y_at] = [x, y].map(|it| (it / dots).checked_sub(QUIET));
                let is_dark = matches!((x_at, y_at), (Some(x), Some(y)) if self.is_dark(x, y));
                if !is_dark && let Some(byte) = row.get_mut(x / 8) {
                    *byte |= 0x80 >> (x % 8);
                }
            }
            rows.extend(row);
        }
        let side = u32::try_from(width).ok()?;
        let mut drawn = Vec::new();
        let mut encoder = png::Encoder::new(&mut drawn, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: DENSITY,
            yppu: DENSITY,
            unit: png::Unit::Meter,
        }));
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&rows).ok()?;
        writer.finish().ok()?;
        Some(drawn)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, LEAST_DOTS, QUIET};
    use std::io::Cursor;

    const LINK: &str = "https://enquetes.example.org/r/qpv-cls";

    /// The modules of a PNG with the quiet zone, by the dot in their middle.
    fn modules(png: &[u8], whole: usize) -> Vec<bool> {
        let mut decoder = png::Decoder::new(Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut dots).unwrap();
        let width = info.width as usize;
        assert!(width >= LEAST_DOTS && info.width == info.height, "{width}");
        assert_eq!(width % whole, 0, "modules are of one size");
        let (size, line) = (width / whole, info.line_size);
        let middle = |x: usize, y: usize| dots[(y * size + size / 2) * line + x * size + size / 2];
        let all = (0..whole).flat_map(|y| (0..whole).map(move |x| (x, y)));
        all.map(|(x, y)| middle(x, y) == 0).collect()
    }

    #[test]
    fn both_drawings_show_the_same_within_a_quiet_zone() {
        let code = Code::of(LINK).unwrap();
        let whole = code.whole();
        let png = modules(&code.png().unwrap(), whole);
        let svg = code.svg(LINK);
        let n_dark = code.dark.iter().filter(|it| **it).count();
        assert_eq!(png.iter().filter(|it| **it).count(), n_dark);
        // The drawing's runs, spread out again.
        let runs = svg.split("d=\"").nth(1).unwrap();
        let runs = runs.split('"').next().unwrap();
        let mut spread = vec![false; whole * whole];
        for run in runs.split('M').filter(|it| !it.is_empty()) {
            let (at, run) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let [x, y, n] =
                [x, y, run.split('v').next().unwrap()].map(|it| it.parse::<usize>().unwrap());
            spread[y * whole + x..][..n].fill(true);
        }
        assert_eq!(spread, png);
        let edge = |at: usize| at < QUIET || at >= whole - QUIET;
        let is_quiet = |at: usize| edge(at % whole) || edge(at / whole);
        assert!((0..spread.len()).all(|at| !(is_quiet(at) && spread[at])));
        // The squares in three corners by which cameras find it.
        for (x, y) in [(0, 0), (code.side - 7, 0), (0, code.side - 7)] {
            let ring = (0..7).all(|it| code.is_dark(x + it, y) && code.is_dark(x, y + it));
            assert!(ring && !code.is_dark(x + 1, y + 1) && code.is_dark(x + 3, y + 3));
        }
        assert!(svg.contains(&format!("<title>{LINK}</title>")) && svg.contains("fill=\"#fff\""));
    }

    #[test]
    fn what_is_no_markup_stays_none_and_what_is_too_long_has_no_code() {
        let hostile = "https://x.example/<script>&\"";
        let svg = Code::of(hostile).unwrap().svg(hostile);
        assert!(svg.contains("&lt;script&gt;&amp;") && !svg.contains("<script"));
        assert!(Code::of(&"é".repeat(4_000)).is_none());
    }
}
