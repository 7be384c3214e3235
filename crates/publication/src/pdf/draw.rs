//! Marks on pages, and the tags that say what they are.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagKind, TagTree,
};

use super::flow::{QUIET, SMALL};
use super::pages::Op;
use super::step::{BOTTOM, Bar, Cell, HEIGHT, Mark, RIGHT, Row, SIDE, TOP, WIDTH};
use super::text::{Fonts, Glyphs, Line, Look, Piece};
use crate::paper::Paper;

pub(super) fn draw(
    paper: &Paper,
    fonts: &Fonts,
    pages: Vec<Vec<Op>>,
) -> Result<Vec<u8>, KrillaError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .unwrap_or_default();
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut tags = Tags::default();
    let mut bookmarks = Vec::new();
    let n = pages.len();
    for (at, ops) in pages.into_iter().enumerate() {
        let Some(settings) = PageSettings::from_wh(WIDTH, HEIGHT) else {
            continue;
        };
        let mut page = document.start_page_with(settings);
        let mut links = links(&mut page, &ops).into_iter();
        let mut surface = page.surface();
        let mut pen = Pen {
            surface: &mut surface,
            fonts,
        };
        for op in ops {
            match op {
                Op::Open(tag) => tags.open.push(TagGroup::new(tag)),
                Op::Close => tags.close(),
                Op::Bars { y, height, bars } => pen.bars(TOP + y, height, &bars),
                Op::Row { y, row } => pen.row(TOP + y, &row, &mut tags, &mut links),
                Op::Again { y, row } => pen.again(TOP + y, &row),
                Op::Bookmark { y, level, title } => bookmarks.push((level, title, at, TOP + y)),
            }
        }
        pen.footer(paper, at + 1, n);
        surface.finish();
        page.finish();
    }
    while !tags.open.is_empty() {
        tags.close();
    }
    let mut tree = TagTree::new();
    for it in tags.root {
        tree.push(it);
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(bookmarks));
    let metadata = Metadata::new()
        .title(title(paper))
        .language(paper.lang.clone())
        .creator("Recueil".to_owned());
    document.set_metadata(metadata);
    document.finish()
}

/// A file without a title is no accessible one.
fn title(paper: &Paper) -> String {
    if paper.title.trim().is_empty() {
        paper.version.clone()
    } else {
        paper.title.clone()
    }
}

/// Tags that are open, and those at the top.
#[derive(Default)]
struct Tags {
    open: Vec<TagGroup>,
    root: Vec<Node>,
}

impl Tags {
    fn push(&mut self, it: impl Into<Node>) {
        match self.open.last_mut() {
            Some(group) => group.push(it),
            None => self.root.push(it.into()),
        }
    }

    fn close(&mut self) {
        if let Some(group) = self.open.pop() {
            // A tag without content says nothing, unless it is a cell.
            if !group.children.is_empty() || matches!(group.tag, TagKind::TD(_) | TagKind::TH(_)) {
                self.push(group);
            }
        }
    }
}

/// Bookmarks as a tree: each is under the last one of a higher level.
fn outline(bookmarks: Vec<(usize, String, usize, f32)>) -> Outline {
    let mut outline = Outline::new();
    let mut open: Vec<(usize, OutlineNode)> = Vec::new();
    let mut put = |open: &mut Vec<(usize, OutlineNode)>, level: usize| {
        while open.last().is_some_and(|it| it.0 >= level) {
            let Some((_, node)) = open.pop() else { break };
            match open.last_mut() {
                Some((_, parent)) => parent.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for (level, title, page, y) in bookmarks {
        put(&mut open, level);
        let there = XyzDestination::new(page, Point::from_xy(0.0, (y - 6.0).max(0.0)));
        open.push((level, OutlineNode::new(title, there).with_open(true)));
    }
    put(&mut open, 0);
    outline
}

/// The links of a page, in the order in which they are drawn.
fn links(page: &mut Page<'_>, ops: &[Op]) -> Vec<Identifier> {
    let mut found = Vec::new();
    for op in ops {
        let Op::Row { y, row } = op else { continue };
        for mark in row.cells.iter().flat_map(|it| &it.marks) {
            let Mark::Text { x, y: down, line } = mark else {
                continue;
            };
            let mut x = *x;
            for part in &line.parts {
                if let Some(link) = &part.link {
                    let base = TOP + y + down;
                    let (top, height) = (base - part.look.size, part.look.size * 1.3);
                    let width = part.width.max(1.0);
                    if let Some(rect) = Rect::from_xywh(x, top, width, height) {
                        let target = Target::Action(Action::Link(LinkAction::new(link.clone())));
                        let link_to = LinkAnnotation::new(rect, target);
                        let it = Annotation::new_link(link_to, Some(part.text.clone()));
                        found.push(page.add_tagged_annotation(it));
                    }
                }
                x += part.width;
            }
        }
    }
    found
}

struct Pen<'s, 'p> {
    surface: &'s mut Surface<'p>,
    fonts: &'s Fonts,
}

impl Pen<'_, '_> {
    fn row(
        &mut self,
        y: f32,
        row: &Row,
        tags: &mut Tags,
        links: &mut impl Iterator<Item = Identifier>,
    ) {
        for Cell { tag, marks } in &row.cells {
            if let Some(tag) = tag {
                tags.open.push(TagGroup::new(tag.clone()));
            }
            for mark in marks {
                self.mark(y, mark, tags, links);
            }
            if tag.is_some() {
                tags.close();
            }
        }
    }

    fn mark(
        &mut self,
        top: f32,
        mark: &Mark,
        tags: &mut Tags,
        links: &mut impl Iterator<Item = Identifier>,
    ) {
        match mark {
            Mark::Text { x, y, line } => {
                let mut x = *x;
                for part in &line.parts {
                    let span = SpanTag::empty().with_actual_text(part.actual.as_deref());
                    let id = self.surface.start_tagged(ContentTag::Span(span));
                    self.glyphs(x, top + y, part);
                    self.surface.end_tagged();
                    match part.link.as_ref().and_then(|_| links.next()) {
                        Some(link) => {
                            let mut group = TagGroup::new(Tag::Link);
                            group.push(id);
                            group.push(link);
                            tags.push(group);
                        }
                        None => tags.push(id),
                    }
                    x += part.width;
                }
            }
            Mark::Box {
                x,
                y,
                width,
                height,
                is_round,
                said,
            } => {
                let span = SpanTag::empty().with_actual_text(Some(*said));
                let id = self.surface.start_tagged(ContentTag::Span(span));
                self.shape(*x, top + y, *width, *height, *is_round, (None, Some(0.9)));
                self.surface.end_tagged();
                tags.push(id);
            }
            it => self.decoration(top, it),
        }
    }

    /// What is no content.
    fn decoration(&mut self, top: f32, mark: &Mark) {
        let artifact = Artifact::with_kind(ArtifactType::Layout);
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        match mark {
            Mark::Rule {
                from,
                to,
                width,
                grey,
            } => {
                let mut path = PathBuilder::new();
                path.move_to(from.0, top + from.1);
                path.line_to(to.0, top + to.1);
                self.path(path, None, Some((*width, *grey)));
            }
            Mark::Frame {
                x,
                y,
                width,
                height,
                fill,
                line,
            } => self.shape(*x, top + y, *width, *height, false, (*fill, *line)),
            Mark::Box {
                x,
                y,
                width,
                height,
                is_round,
                ..
            } => self.shape(*x, top + y, *width, *height, *is_round, (None, Some(0.9))),
            Mark::Text { x, y, line } => self.text(*x, top + y, line),
        }
        self.surface.end_tagged();
    }

    fn again(&mut self, y: f32, row: &Row) {
        for mark in row.cells.iter().flat_map(|it| &it.marks) {
            self.decoration(y, mark);
        }
    }

    fn bars(&mut self, y: f32, height: f32, bars: &[Bar]) {
        if height <= 0.0 {
            return;
        }
        for bar in bars {
            let artifact = Artifact::with_kind(ArtifactType::Layout);
            self.surface.start_tagged(ContentTag::Artifact(artifact));
            // A hair more, so that pieces of it meet.
            let fill = (Some(bar.grey), None);
            self.shape(bar.x, y - 0.1, bar.width, height + 0.2, false, fill);
            self.surface.end_tagged();
        }
    }

    fn footer(&mut self, paper: &Paper, page: usize, pages: usize) {
        let look = Look::regular(SMALL - 0.7).grey(QUIET);
        let artifact = Artifact::with_kind(ArtifactType::Footer);
        let y = HEIGHT - BOTTOM + 30.0;
        let count = paper.words.page_of(page, pages);
        let count = self.fonts.line(&[Piece::new(count, look)]);
        let room = RIGHT - SIDE - count.width - 20.0;
        let said = match &paper.note {
            Some(note) => format!("{} · {note}", paper.title),
            None => paper.title.clone(),
        };
        let mut lines = self.fonts.lines(&[Piece::new(said, look)], room);
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        if !lines.is_empty() {
            self.text(SIDE, y, &lines.swap_remove(0));
        }
        self.text(RIGHT - count.width, y, &count);
        self.surface.end_tagged();
    }

    fn text(&mut self, x: f32, y: f32, line: &Line) {
        let mut x = x;
        for part in &line.parts {
            self.glyphs(x, y, part);
            x += part.width;
        }
    }

    fn glyphs(&mut self, x: f32, y: f32, part: &Glyphs) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill {
            paint: luma::Color::new(part.look.grey).into(),
            ..Fill::default()
        }));
        let font = self.fonts.font(part.look);
        let start = Point::from_xy(x, y);
        let size = part.look.size;
        self.surface
            .draw_glyphs(start, &part.glyphs, font, &part.text, size, false);
    }

    fn shape(
        &mut self,
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        is_round: bool,
        (fill, line): (Option<u8>, Option<f32>),
    ) {
        let mut path = PathBuilder::new();
        if is_round {
            // Four curves are a circle to the eye.
            const K: f32 = 0.552_3;
            let (rx, ry) = (width / 2.0, height / 2.0);
            let (cx, cy) = (x + rx, y + ry);
            path.move_to(cx + rx, cy);
            path.cubic_to(cx + rx, cy + K * ry, cx + K * rx, cy + ry, cx, cy + ry);
            path.cubic_to(cx - K * rx, cy + ry, cx - rx, cy + K * ry, cx - rx, cy);
            path.cubic_to(cx - rx, cy - K * ry, cx - K * rx, cy - ry, cx, cy - ry);
            path.cubic_to(cx + K * rx, cy - ry, cx + rx, cy - K * ry, cx + rx, cy);
            path.close();
        } else if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            path.push_rect(rect);
        }
        self.path(path, fill, line.map(|it| (it, 0)));
    }

    fn path(&mut self, path: PathBuilder, fill: Option<u8>, line: Option<(f32, u8)>) {
        self.surface.set_fill(fill.map(|grey| Fill {
            paint: luma::Color::new(grey).into(),
            ..Fill::default()
        }));
        self.surface.set_stroke(line.map(|(width, grey)| Stroke {
            paint: luma::Color::new(grey).into(),
            width,
            ..Stroke::default()
        }));
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }
}
