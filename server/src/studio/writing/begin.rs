//! Beginning a study.

use app::studio::team::field_screen::Wrong;
use app::studio::writing::screen::{BeginScreen, BeginValues, FindingLine};
use app::{paths, render};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
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
    findings: Vec<FindingLine>,
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
        findings: beside.findings,
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
    if typed.values.from == "file" && std::str::from_utf8(&typed.file).is_err() {
        let wrong = Some(about_file("not_utf8"));
        let beside = Beside {
            wrong,
            ..Beside::default()
        };
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
        ServiceError::UnsoundQuestionnaire(_) if typed.file.is_empty() => {
            ("no_questionnaire", at("file"))
        }
        ServiceError::UnsoundQuestionnaire(found) => {
            beside.findings = diagnostics(found, lang(&signed.caller.reader.asked));
            ("unsound_questionnaire", at("file"))
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

/// The text of which the study begins.
async fn text(signed: &Signed, typed: &Typed) -> Result<String, ServiceError> {
    let BeginValues { from, slug, title } = &typed.values;
    if let Some(id) = from.strip_prefix("built-in:") {
        let found = BUILT_IN.iter().find(|it| it.0 == id);
        let unknown = || ServiceError::UnknownStudy(id.to_owned());
        return writing::renamed(found.ok_or_else(unknown)?.2, slug, title);
    }
    if let Some(study) = from.strip_prefix("study:") {
        let team = signed.services().team();
        let may = team.may::<Design>(&signed.who, study).await?;
        let working = signed.services().writing().open(&may).await?;
        return writing::renamed(&working.source, slug, title);
    }
    match from.as_str() {
        "file" => writing::renamed(&String::from_utf8_lossy(&typed.file), slug, title),
        _ => Ok(writing::empty(slug, title)),
    }
}
