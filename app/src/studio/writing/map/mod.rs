//! The branch map: the drawing to work on, the same as a list, and conditions begun by joining two parts.
//!
//! Everything is a link or a form; `app/script/map.js` zooms, pans and drags. The list says what the drawing says:
//! on narrow screens it stands alone.
//!
//! Reading order: [`screen`] → this file → [`list`] → [`tools`].

pub mod screen;

mod list;
mod tools;

use leptos::prelude::*;

use self::screen::{MapScreen, MapShown};
use super::findings::looked;
use super::source::places;
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::frame::study_page;
use crate::ui::Frame;

/// `/studio/s/{study}/questionnaire/map`
pub(crate) fn map(frame: &Frame, screen: &MapScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = screen.head.slug.as_str();
    let body = match &screen.map {
        None => view! {
            <div class="empty">
                <h2>{texts.get("map-none-title")}</h2>
                <p>{texts.get("map-none")} " " <a href=paths::edit(study)>{texts.get("map-to-editor")}</a></p>
            </div>
        }
        .into_any(),
        Some(it) => drawn(study, screen, it, texts),
    };
    let script = frame.manifest.script("map").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    let body = view! {
        {places(study, "map-title", texts)}
        {body}
        <section class="map-found" aria-labelledby="looked-h">
            <h2 id="looked-h">{texts.get("writing-looked")}</h2>
            {looked(&screen.looked, study, texts).into_any()}
        </section>
        {script}
    };
    study_page(
        frame,
        &screen.head,
        "writing-title",
        texts.get("map-title"),
        screen.wrong.clone(),
        body.into_any(),
    )
}

fn drawn(study: &str, screen: &MapScreen, it: &MapShown, texts: &Texts) -> AnyView {
    let size = match screen.zoom {
        Some(zoom) => zoom.to_string(),
        None => "fit".to_owned(),
    };
    let mut guide = it.guide.clone();
    for node in &mut guide.nodes {
        node.verb = texts.get("map-edit-condition");
    }
    view! {
        {tools::tools(study, screen, it, texts)}
        {never(study, it, texts)}
        <figure
            class="map" id="map" tabindex="0" role="group" aria-label=texts.get("map-drawing") data-zoom=size
            inner_html=sized(&it.graph.svg_with(&guide), screen.zoom)
        ></figure>
        <p class="hint map-hint">
            {texts.get("map-hint")} " " <span id="map-drag" hidden>{texts.get("map-hint-drag")}</span>
        </p>
        {tools::join(study, screen, it, texts)}
        <section class="map-list" aria-labelledby="map-list-h">
            <h2 id="map-list-h">{texts.get("map-list")}</h2>
            {list::list(study, it, texts)}
        </section>
    }
    .into_any()
}

/// What nobody gets to, by name: in the drawing it stands back.
fn never(study: &str, it: &MapShown, texts: &Texts) -> Option<AnyView> {
    let all = it.lines.iter().filter(|it| it.is_never);
    let all: Vec<_> = all
        .map(|it| {
            view! { <li><a href=paths::edit_node(study, &it.key)>{it.name.clone()}</a></li> }
        })
        .collect();
    (!all.is_empty()).then(|| {
        view! {
            <div class="map-never">
                <p>{texts.get("map-never")}</p>
                <ul>{all}</ul>
            </div>
        }
        .into_any()
    })
}

/// The drawing in the size that is asked for: browsers keep to the size that it names.
fn sized(svg: &str, zoom: Option<u32>) -> String {
    let Some(zoom) = zoom else {
        return svg.to_owned();
    };
    let (head, rest) = svg.split_at(svg.find('>').unwrap_or_default());
    let scaled = |head: &str, name: &str| -> String {
        let Some((before, after)) = head.split_once(name) else {
            return head.to_owned();
        };
        let Some((number, after)) = after.split_once('"') else {
            return head.to_owned();
        };
        let number = number.parse::<f64>().unwrap_or_default() * f64::from(zoom) / 100.0;
        format!("{before}{name}{number:.0}\"{after}")
    };
    let head = scaled(&scaled(head, " width=\""), " height=\"");
    format!("{head}{rest}")
}

#[cfg(test)]
mod tests {
    use super::sized;

    #[test]
    fn a_drawing_is_scaled_by_its_own_size() {
        let svg =
            r#"<svg viewBox="0 0 200 100" width="200" height="100.5"><rect width="7"/></svg>"#;
        let twice =
            r#"<svg viewBox="0 0 200 100" width="300" height="151"><rect width="7"/></svg>"#;
        assert_eq!(sized(svg, Some(150)), twice);
        assert_eq!(sized(svg, None), svg);
        assert_eq!(sized("", Some(150)), "");
    }
}
