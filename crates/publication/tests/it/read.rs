//! Papers read back by readers that are not ours.

/// Text without spaces, and with one hyphen: where lines end is not what is said, and fonts draw all hyphens alike.
pub(crate) fn squeezed(text: &str) -> String {
    let text = text.replace(['\u{2010}', '\u{2011}'], "-");
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// The text of a document, read as XML, without spaces.
#[track_caller]
pub(crate) fn html_text(html: &str) -> String {
    let body = html.split_once("<article").unwrap().1;
    let body = format!("<article{}", body.split_once("</article>").unwrap().0);
    let body = format!("{body}</article>");
    let read = roxmltree::Document::parse(&body).unwrap_or_else(|it| panic!("{it}: {body}"));
    let texts = read
        .descendants()
        .filter(roxmltree::Node::is_text)
        .map(|it| it.text());
    squeezed(&texts.flatten().collect::<String>())
}

/// The text of a file, page by page, without spaces.
#[track_caller]
pub(crate) fn pdf_text(file: &[u8]) -> String {
    let read = lopdf::Document::load_mem(file).unwrap();
    let pages: Vec<u32> = read.get_pages().keys().copied().collect();
    squeezed(&read.extract_text(&pages).unwrap())
}
