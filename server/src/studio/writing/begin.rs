//! Beginning a study.

use app::studio::team::field_screen::Wrong;
use app::studio::writing::screen::{BeginScreen, BeginValues, FileFault, FindingLine};
use app::{paths, render};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use expr::Lang;
use questionnaire::Diagnostic;
use service::team::{Action, Design, allows};
use service::{ServiceError, writing};
use std::sync::LazyLock;

use super::{diagnostics, lang};
use crate::BUILTIN;
use crate::problem::{Answer, Refusal};
use crate::studio::gate::{Signed, fault};
use crate::studio::upload::{about_file, unread};

/// The questionnaires that come with the program, by id: title and text.
static BUILT_IN: LazyLock<Vec<(String, questionnaire::Text, &str)>> = LazyLock::new(|| {
    let read = |source: &&'static str| {
        let document = questionnaire::document::read(source).questionnaire?;
        Some((document.id, document.title, *source))
    };
    BUILTIN.iter().filter_map(read).collect()
});

/// What the form sends.
#[derive(Default)]
struct Typed {
    values: BeginValues,
    file: Vec<u8>,
}

impl Typed {
    async fn read(mut form: Multipart) -> Result<Self, MultipartError> {
        let mut typed = Self::default();
        while let Some(field) = form.next_field().await? {
            let values = &mut typed.values;
            match field.name().unwrap_or_default() {
                "from" => values.from = field.text().await?,
                "built-in" => values.built_in = field.text().await?,
                "study" => values.study = field.text().await?,
                "slug" => values.slug = field.text().await?.trim().to_owned(),
                "study-title" => values.title = field.text().await?.trim().to_owned(),
                "file" => typed.file = field.bytes().await?.into(),
                _ => {}
            }
        }
        Ok(typed)
    }
}

/// Why a form comes back.
#[derive(Default)]
struct Beside {
    wrong: Option<Wrong>,
    faults: Vec<FileFault>,
}

impl From<Wrong> for Beside {
    fn from(wrong: Wrong) -> Self {
        Self {
            wrong: Some(wrong),
            faults: Vec::new(),
        }
    }
}

async fn draw(signed: &Signed, values: BeginValues, status: StatusCode, beside: Beside) -> Answer {
    let asked = &signed.caller.reader.asked;
    let studies = signed.services().team().studies(&signed.who).await;
    let studies = studies.map_err(|it| signed.refuse(&it))?;
    let title = |it: &questionnaire::Text| {
        let languages: Vec<String> = it.iter().map(|it| it.0.to_owned()).collect();
        it.get(&asked.of_texts(&languages)).to_owned()
    };
    let screen = BeginScreen {
        who: signed.person(),
        built_in: BUILT_IN
            .iter()
            .map(|(id, it, _)| (id.clone(), title(it)))
            .collect(),
        studies: studies
            .iter()
            .filter(|it| allows(it.1, Action::Design))
            .map(|(it, _)| (it.slug.clone(), title(&it.title)))
            .collect(),
        values,
        wrong: beside.wrong,
        faults: beside.faults,
    };
    let caller = &signed.caller;
    Ok(caller.page(status, |frame| render::begin_study(frame, &screen)))
}

/// Leads whoever may not begin a study back to theirs.
async fn must_begin(signed: &Signed) -> Result<(), Refusal> {
    let may = signed.services().writing().may_begin(&signed.who).await;
    match may.map_err(|it| signed.refuse(&it))? {
        true => Ok(()),
        // No page offers it to them.
        false => Err(Redirect::to(&paths::studio()).into_response().into()),
    }
}

/// `GET /studio/new`
pub(crate) async fn ask(signed: Signed) -> Answer {
    must_begin(&signed).await?;
    draw(
        &signed,
        BeginValues::default(),
        StatusCode::OK,
        Beside::default(),
    )
    .await
}

/// `POST /studio/new`
pub(crate) async fn begin(signed: Signed, form: Multipart) -> Answer {
    must_begin(&signed).await?;
    let typed = Typed::read(form).await.map_err(|it| unread(&signed, &it))?;
    if typed.values.origin() == "file"
        && let Err(beside) = readable(&typed.file, lang(&signed.caller.reader.asked))
    {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return draw(&signed, typed.values, status, beside).await;
    }
    let begun = match text(&signed, &typed).await {
        Ok(source) => {
            signed
                .services()
                .writing()
                .begin(&signed.who, &source)
                .await
        }
        Err(error) => Err(error),
    };
    let error = match begun {
        Ok(study) => {
            let to = format!("{}?done=begun", paths::questionnaire(&study.slug));
            return Ok(Redirect::to(&to).into_response());
        }
        Err(error) => error,
    };
    let at = |field: &str| Some(field.to_owned());
    let mut beside = Beside::default();
    let (code, at) = match &error {
        ServiceError::UnsoundQuestionnaire(found) => {
            beside.faults = faults(found, lang(&signed.caller.reader.asked));
            let is_file = typed.values.origin() == "file";
            ("unsound_questionnaire", is_file.then(|| "file".to_owned()))
        }
        ServiceError::Taken(_) => ("study_taken", at("slug")),
        ServiceError::BadStudyName => ("bad_study_name", at("slug")),
        other => match fault(other) {
            Some((code, _)) => (code, None),
            None => return Err(signed.refuse(other)),
        },
    };
    beside.wrong = Some(Wrong { code, at });
    draw(
        &signed,
        typed.values,
        StatusCode::UNPROCESSABLE_ENTITY,
        beside,
    )
    .await
}

/// Fails for a file that is no text, and says where it is none.
fn readable(file: &[u8], lang: Lang) -> Result<(), Beside> {
    if file.is_empty() {
        return Err(about_file("no_questionnaire").into());
    }
    // Workbooks, documents of word processors and archives begin like this; images and others have zeros.
    if file.starts_with(b"PK\x03\x04") || file.starts_with(b"%PDF") || file.contains(&0) {
        return Err(about_file("no_text_file").into());
    }
    let Err(error) = std::str::from_utf8(file) else {
        return Ok(());
    };
    let (before, _) = file.split_at(error.valid_up_to());
    let lines = || before.split(|it| *it == b'\n');
    let last = lines().next_back().unwrap_or_default();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let message = match lang {
        Lang::Fr => "Ce caractère n’est pas écrit en UTF-8.",
        Lang::En => "This character is not written in UTF-8.",
    };
    let fault = FileFault {
        severity: "error",
        code: "not_utf8".to_owned(),
        line: count(lines().count()),
        column: count(String::from_utf8_lossy(last).chars().count() + 1),
        message: message.to_owned(),
        advice: None,
    };
    Err(Beside {
        faults: vec![fault],
        ..Beside::from(about_file("not_utf8"))
    })
}

/// What the compiler says of a file, with where that is.
fn faults(found: &[Diagnostic], lang: Lang) -> Vec<FileFault> {
    let lines = diagnostics(found, lang);
    let fault = |(it, line): (&Diagnostic, FindingLine)| FileFault {
        severity: line.severity,
        code: line.code,
        line: it.position.line,
        column: it.position.column,
        message: line.message,
        advice: line.advice,
    };
    let mut faults: Vec<_> = found.iter().zip(lines).map(fault).collect();
    faults.sort_by_key(|it| (it.line, it.column));
    faults
}

/// The text of which the study begins.
async fn text(signed: &Signed, typed: &Typed) -> Result<String, ServiceError> {
    let values = &typed.values;
    let (slug, title) = (&values.slug, &values.title);
    match values.origin() {
        "built-in" => {
            let found = BUILT_IN.iter().find(|it| it.0 == values.built_in);
            let unknown = || ServiceError::UnknownStudy(values.built_in.clone());
            writing::renamed(found.ok_or_else(unknown)?.2, slug, title)
        }
        "study" => {
            let team = signed.services().team();
            let may = team.may::<Design>(&signed.who, &values.study).await?;
            let working = signed.services().writing().open(&may).await?;
            writing::renamed(&working.source, slug, title)
        }
        "file" => {
            let text = String::from_utf8_lossy(&typed.file);
            // Some editors write a mark before the text.
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            writing::renamed(text, slug, title)
        }
        _ => Ok(writing::empty(slug, title)),
    }
}
