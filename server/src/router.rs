//! Every route of the program.

use axum::Router;
use service::team::Action;

use app::paths;

use crate::routes::{Access, Listed, Routes};
use crate::state::State;
use crate::studio::{
    account, admissibility, audit, contacts, door, entry, home, invitations, members, messages,
    one_entry, openid, passkeys, qr, results, retention, sample, studies, waves, writing,
};
use crate::{api, dashboard, filter, health, invite, layers, live, respond, site};

/// The whole site.
pub fn router(state: State) -> Router {
    let pages = pages().router.fallback(respond::nowhere);
    let pages = layers::around_pages(pages, &state);
    layers::around_all(bare().router.merge(pages)).with_state(state)
}

/// Every route with who may use it.
#[must_use]
pub fn listed() -> Vec<Listed> {
    let mut all = pages().listed;
    all.extend(bare().listed);
    all
}

/// What answers with pages and forms.
fn pages() -> Routes {
    use Access::{Api, Link, Public, Respondent, SignedIn, Study};
    let routes = Routes::default()
        .get(paths::HOME, Public, respond::home)
        .get(paths::START, Respondent, respond::start::show)
        .post(paths::START, Respondent, respond::start::begin)
        .get(paths::PAGE, Respondent, respond::page::show)
        .post(paths::PAGE, Respondent, respond::page::post)
        .get(paths::REVIEW, Respondent, respond::review::show)
        .post(paths::REVIEW, Respondent, respond::review::submit)
        .get(paths::RECEIPT, Respondent, respond::receipt::show)
        .get(paths::EXPORT, Respondent, respond::rights::export)
        .post(paths::CORRECT, Respondent, respond::rights::correct)
        .post(
            paths::DROP_CORRECTION,
            Respondent,
            respond::rights::drop_correction,
        )
        .get(paths::WITHDRAW, Respondent, respond::rights::ask)
        .post(paths::WITHDRAW, Respondent, respond::rights::withdraw)
        .get(paths::WITHDRAWN, Respondent, respond::rights::withdrawn)
        .get(paths::KEEP, Respondent, respond::keep::show)
        .get(paths::RESUME, Respondent, respond::keep::ask)
        .post(paths::RESUME, Respondent, respond::keep::resume)
        .get(paths::TOGETHER, Respondent, respond::together::show)
        .post(paths::TOGETHER, Respondent, respond::together::hand_over)
        .post(paths::CONTRIBUTOR, Respondent, respond::together::take_back)
        .get(paths::HANDED, Link, respond::part::show_handed)
        .post(paths::HANDED, Link, respond::part::open)
        .get(paths::PART, Respondent, respond::part::show)
        .post(paths::PART, Respondent, respond::part::change)
        .get(paths::PART_PAGE, Respondent, respond::part::show_page)
        .post(paths::PART_PAGE, Respondent, respond::part::post_page)
        .get(paths::INSTRUMENT, Respondent, respond::instrument::show)
        .get(paths::INVITATION, Link, invite::follow)
        .get(paths::OPT_OUT, Link, invite::show_opt_out)
        .post(paths::OPT_OUT, Link, invite::opt_out)
        .get(paths::DASHBOARD, Link, dashboard::show)
        .get(paths::DASHBOARD_FILTER, Link, filter::show)
        .post(paths::DASHBOARD_FILTER, Link, filter::change)
        .get(paths::REHEARSAL, Link, dashboard::show_rehearsal)
        .post(paths::REMOVE_REHEARSAL, Link, dashboard::remove_rehearsal)
        .get(paths::SIGN_IN, Public, door::show_sign_in)
        .post(paths::SIGN_IN, Public, door::sign_in)
        .post(paths::SIGN_OUT, SignedIn, door::sign_out)
        .get(paths::RECOVER, Public, door::show_recover)
        .post(paths::RECOVER, Public, door::recover)
        .get(paths::LINK, Link, door::show_link)
        .post(paths::LINK, Link, door::follow_link)
        .get(paths::STUDIO, SignedIn, home::list)
        .get(paths::ACCOUNT, SignedIn, account::show)
        .post(paths::ACCOUNT, SignedIn, account::change)
        .get(paths::STUDY, Study(Action::See), studies::show)
        .get(paths::MEMBERS, Study(Action::See), members::show)
        .post(
            paths::MEMBERS,
            Study(Action::ManageMembers),
            members::invite,
        )
        .post(paths::MEMBER, Study(Action::ManageMembers), members::change)
        .post(
            paths::MEMBER_LINK,
            Study(Action::ManageMembers),
            members::revoke,
        )
        .get(paths::AUDIT, Study(Action::ReadAudit), audit::show)
        .get(paths::AUDIT_FILE, Study(Action::ReadAudit), audit::file)
        .get(paths::RESULTS, Study(Action::ViewResults), results::show)
        .get(
            paths::FILTER,
            Study(Action::ViewResults),
            filter::show_member,
        )
        .post(
            paths::FILTER,
            Study(Action::ViewResults),
            filter::change_member,
        )
        .get(paths::BEGIN_STUDY, SignedIn, writing::begin::ask)
        .post_file(paths::BEGIN_STUDY, SignedIn, writing::begin::begin)
        .get(
            paths::QUESTIONNAIRE,
            Study(Action::Design),
            writing::source::show,
        )
        .post_file(
            paths::QUESTIONNAIRE,
            Study(Action::Design),
            writing::source::change,
        )
        .get(paths::EDIT, Study(Action::Design), writing::edit::show)
        .post_file(paths::EDIT, Study(Action::Design), writing::edit::change)
        .get(paths::EDIT_NEWS, Study(Action::Design), writing::edit::news)
        .get(
            paths::CONDITION,
            Study(Action::Design),
            writing::condition::show,
        )
        .post_file(
            paths::CONDITION,
            Study(Action::Design),
            writing::condition::change,
        )
        .post_file(
            paths::FINDINGS,
            Study(Action::Design),
            writing::findings::look,
        )
        .get(paths::PLAN, Study(Action::Design), writing::plan::show)
        .post(paths::PLAN, Study(Action::Design), writing::plan::change)
        .get(
            paths::REHEARSE,
            Study(Action::Design),
            writing::rehearse::show,
        )
        .post(
            paths::REHEARSE,
            Study(Action::Design),
            writing::rehearse::change,
        )
        .get(
            paths::REHEARSED,
            Study(Action::Design),
            writing::rehearse::results,
        )
        .get(paths::PRINT, Study(Action::Design), writing::print::show)
        .get(
            paths::PRINT_FILE,
            Study(Action::Design),
            writing::print::file,
        )
        .get(paths::MAP, Study(Action::Design), writing::map::show)
        .post(paths::MAP, Study(Action::Design), writing::map::join)
        .get(
            paths::PUBLISH,
            Study(Action::Design),
            writing::publish::show,
        )
        .post(
            paths::PUBLISH,
            Study(Action::Design),
            writing::publish::publish,
        )
        .get(paths::WAVES, Study(Action::Field), waves::ask)
        .post(paths::WAVES, Study(Action::Field), waves::create)
        .get(paths::SETTINGS, Study(Action::Field), waves::show)
        .post(paths::SETTINGS, Study(Action::Field), waves::change)
        .get(paths::QR_SVG, Study(Action::Field), qr::svg)
        .get(paths::QR_PNG, Study(Action::Field), qr::png)
        .get(paths::ENTRY, Study(Action::Enter), entry::show)
        .post_file(paths::ENTRY, Study(Action::Enter), entry::take_in)
        .get(paths::INVITATIONS, Study(Action::Field), invitations::show)
        .post_file(paths::INVITATIONS, Study(Action::Field), sample::take_in)
        .get(paths::FIGURES, Study(Action::Field), invitations::figures)
        .post(paths::SEND, Study(Action::Field), invitations::send)
        .get(paths::MESSAGES, Study(Action::Field), messages::show)
        .post(paths::MESSAGES, Study(Action::Field), messages::change)
        .get(paths::CONTACTS, Study(Action::Field), contacts::show)
        .get(paths::CONTACTS_FILE, Study(Action::Field), contacts::file)
        .post(paths::BEGIN_ENTRY, Study(Action::Enter), one_entry::begin)
        .get(
            paths::ADMISSIBILITY,
            Study(Action::SetAside),
            admissibility::show,
        )
        .post(
            paths::ADMISSIBILITY,
            Study(Action::SetAside),
            admissibility::change,
        )
        .get(paths::RETENTION, Study(Action::Field), retention::show)
        .post(paths::RETENTION, Study(Action::Field), retention::change)
        .get(paths::OPENAPI, Public, api::description)
        .get(paths::API_STUDIES, SignedIn, api::studies)
        .get(paths::API_WAVES, Api(Action::See), api::waves)
        .get(paths::API_TABLES, Api(Action::ViewResults), api::tables)
        .get(paths::RESPONSES, Api(Action::ExportData), api::responses)
        .post_file(paths::RESPONSES, Api(Action::Enter), api::import);
    openid::routes(passkeys::routes(routes))
}

/// What answers without them.
fn bare() -> Routes {
    use Access::{Link, Public};
    Routes::default()
        // By the link's key, or by the session of a member who may see results.
        .get(paths::LIVE, Link, live::events)
        // By the session.
        .get(paths::LIVE_STUDIES, Link, home::events)
        .get(paths::ASSET, Public, site::asset)
        .get("/healthz", Public, health::live)
        .get("/readyz", Public, health::ready)
        .get("/metrics", Public, health::metrics)
}
