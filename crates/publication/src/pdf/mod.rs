//! The paper as a PDF file: A4, tagged, bookmarked, the same bytes for the same paper.
//!
//! Reading order: `text` (what a line takes) → `step` (what a document is made of) → `flow` (the document as
//! steps), `entry`, `field`, `table` → `pages` (where pages end) → `draw` (marks and tags).

mod draw;
mod entry;
mod field;
mod flow;
mod pages;
mod step;
mod table;
mod text;

use crate::paper::Paper;

/// The program could not make a file that keeps its promises. It is a defect of the program.
#[derive(Debug, thiserror::Error)]
#[error("the questionnaire cannot be written as a PDF: {0}")]
pub struct NotPrintable(String);

/// A file.
///
/// # Errors
/// [`NotPrintable`] if what was made is not what PDF/UA-1 asks of a tagged file.
pub fn document(paper: &Paper) -> Result<Vec<u8>, NotPrintable> {
    let fonts = text::Fonts::new().ok_or_else(|| NotPrintable("no font".to_owned()))?;
    let steps = flow::steps(paper, &fonts);
    let pages = pages::pages(steps);
    draw::draw(paper, &fonts, pages).map_err(|error| NotPrintable(error.to_string()))
}
