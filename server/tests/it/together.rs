//! Several people prepare one response, over HTTP and without scripts: the holder's cookies, the
//! contributors', and what each of them opens.

use axum::http::{Method, StatusCode};

use crate::person::Person;
use crate::program::NO_SCHEME;
use crate::roles::{Reply, Site};

impl<'a> Person<'a> {
    /// Somebody who has begun a response.
    async fn holder(site: &'a Site) -> Self {
        let person = Self::new(site);
        person.post("/r/qpv-cls", "").await;
        person
    }

    /// Opens a page and gives what it says of itself.
    async fn open(&self, path: &str) -> String {
        let reply = self.get(path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        field(&reply.body, "$drawn")
    }

    /// Posts answers as a page that was opened before does.
    async fn answer(&self, path: &str, drawn: &str, answers: &str) -> Reply {
        let reply = self
            .post(path, &format!("{answers}&%24drawn={}", encoded(drawn)))
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        reply
    }

    /// Hands pages over; gives the address of the link.
    async fn hand_over(&self, label: &str, pages: &str) -> String {
        let body = format!("label={label}&name=Lucie{pages}");
        let reply = self.post("/r/qpv-cls/together", &body).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
        let link = reply.body.split("id=\"link\"").nth(1).unwrap();
        let link = link.split_once('>').unwrap().1;
        link.split('<').next().unwrap().to_owned()
    }

    /// Follows a link and says who one is.
    async fn join(site: &'a Site, link: &str, name: &str) -> Self {
        let person = Self::new(site);
        let page = person.get(link).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(
            person
                .cookies
                .lock()
                .unwrap()
                .keys()
                .all(|it| !it.contains("part"))
        );
        let reply = person.post(link, "").await;
        assert_eq!(reply.location(), "/r/qpv-cls/part");
        let reply = person
            .post("/r/qpv-cls/part", &format!("do=join&name={name}"))
            .await;
        assert_eq!(reply.location(), "/r/qpv-cls/part");
        person
    }
}

fn field(page: &str, name: &str) -> String {
    let value = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let value = value.unwrap_or_else(|| panic!("no {name} in {page}"));
    value.split('"').next().unwrap().to_owned()
}

fn encoded(text: &str) -> String {
    text.replace('=', "%3D").replace(' ', "+")
}

/// The values of the buttons that settle.
fn choices(page: &str) -> Vec<String> {
    let parts = page.split("name=\"$settle\" value=\"").skip(1);
    parts
        .map(|it| it.split('"').next().unwrap().to_owned())
        .collect()
}

const PROFILE: &str = "/r/qpv-cls/p/profil";
const PART: &str = "/r/qpv-cls/part/profil";

#[tokio::test]
async fn two_prepare_a_response_and_one_signs_it_off() {
    let site = Site::open().await;
    let holder = Person::holder(&site).await;
    let link = holder
        .hand_over("Marie", "&pages=coordination&pages=profil")
        .await;
    let colleague = Person::join(&site, &link, "Marie+D.").await;
    let part = colleague.get("/r/qpv-cls/part").await;
    assert!(part.body.contains("Marie D.") && part.body.contains("/r/qpv-cls/part/coordination"));
    assert!(!part.body.contains("/r/qpv-cls/part/suites"));
    // Both have the page before them; the colleague is faster.
    let (mine, theirs) = (holder.open(PROFILE).await, colleague.open(PART).await);
    let (profile, coordination) = (NO_SCHEME[0].1, NO_SCHEME[1].1);
    let reply = colleague
        .answer(PART, &theirs, &profile.replace("nb_qpv=0", "nb_qpv=7"))
        .await;
    assert_eq!(reply.location(), "/r/qpv-cls/part/coordination");
    holder.answer(PROFILE, &mine, profile).await;
    let page = holder.get(PROFILE).await.body;
    assert!(
        page.contains("Marie D.") && page.contains("value=\"7\""),
        "{page}"
    );
    let open = choices(&page);
    assert_eq!(open.len(), 2, "one question, two answers: {open:?}");
    // The colleague sees the same, and does their other page.
    assert_eq!(choices(&colleague.get(PART).await.body), open);
    let second = "/r/qpv-cls/part/coordination";
    let theirs = colleague.open(second).await;
    colleague.answer(second, &theirs, coordination).await;
    let mine = holder.open("/r/qpv-cls/p/coordination").await;
    holder
        .answer("/r/qpv-cls/p/coordination", &mine, coordination)
        .await;
    let mine = holder.open("/r/qpv-cls/p/suites").await;
    holder
        .answer("/r/qpv-cls/p/suites", &mine, "rappel=false&go=next")
        .await;
    let review = holder.get("/r/qpv-cls/review").await.body;
    assert!(review.contains("Écrit par Marie D."), "{review}");
    assert!(review.contains("N’ont pas dit avoir terminé"), "{review}");
    assert_eq!(choices(&review).len(), 2);
    // Nothing is sent while two answers stand, nor without signing off.
    let reply = holder.post("/r/qpv-cls/review", "go=next&signed=yes").await;
    assert_eq!(reply.location(), "/r/qpv-cls/review#disagreements");
    let json = [("accept", "application/json")];
    let cookie = holder
        .cookies
        .lock()
        .unwrap()
        .iter()
        .map(|(a, b)| format!("{a}={b}"))
        .collect::<Vec<_>>()
        .join("; ");
    let programs = [("cookie", cookie.as_str()), json[0]];
    let reply = site
        .send_with(&Method::POST, "/r/qpv-cls/review", &programs, "signed=yes")
        .await;
    assert!(
        reply.status == 409 && reply.body.contains("\"disagreement\""),
        "{}",
        reply.body
    );
    // A choice among other things than there are is none.
    let forged = open[1].replace(&open[1].split(' ').nth(1).unwrap()[..4], "0000");
    holder
        .post(
            "/r/qpv-cls/review",
            &format!("%24settle={}", encoded(&forged)),
        )
        .await;
    assert_eq!(
        choices(&holder.get("/r/qpv-cls/review").await.body).len(),
        2
    );
    holder
        .post(
            "/r/qpv-cls/review",
            &format!("%24settle={}", encoded(&open[1])),
        )
        .await;
    let review = holder.get("/r/qpv-cls/review").await.body;
    assert_eq!(choices(&review).len(), 0);
    let reply = holder.post("/r/qpv-cls/review", "go=next").await;
    assert_eq!(reply.location(), "/r/qpv-cls/review?signed=no");
    let again = holder.get("/r/qpv-cls/review?signed=no").await;
    assert!(again.body.contains("id=\"signed-error\""));
    colleague.post("/r/qpv-cls/part", "do=finish").await;
    assert!(
        holder
            .get("/r/qpv-cls/together")
            .await
            .body
            .contains("A terminé.")
    );
    let reply = holder.post("/r/qpv-cls/review", "go=next&signed=yes").await;
    assert_eq!(reply.location(), "/r/qpv-cls/receipt");
    let own = holder.get("/r/qpv-cls/receipt/export/json").await.body;
    assert!(
        own.contains("\"nb_qpv\": 0") && !own.contains("Marie"),
        "{own}"
    );
    // The link says kindly that it is over.
    for path in [link.as_str(), "/r/qpv-cls/part", PART] {
        let reply = colleague.get(path).await;
        assert_eq!(reply.status, StatusCode::GONE, "{path}");
        assert!(reply.body.contains("La réponse a été envoyée"));
    }
    // A correction is its respondent's alone.
    holder.post("/r/qpv-cls/receipt/correct", "").await;
    assert_eq!(colleague.get(PART).await.status, StatusCode::GONE);
    let reply = holder.get("/r/qpv-cls/together").await;
    assert_eq!(reply.location(), "/r/qpv-cls/review");
}

#[tokio::test]
async fn a_part_is_all_that_its_link_opens() {
    let site = Site::open().await;
    let holder = Person::holder(&site).await;
    let mine = holder.get(PROFILE).await;
    assert!(!mine.body.contains("$drawn"), "nobody else writes yet");
    let told = "structure=autre&structure.autre=Canari";
    let secret_answer = NO_SCHEME[0].1.replace("structure=collectivite", told);
    holder.post(PROFILE, &secret_answer).await;
    let link = holder.hand_over("Budget", "&pages=coordination").await;
    let colleague = Person::join(&site, &link, "B").await;
    for path in [
        "/r/qpv-cls/part/profil",
        "/r/qpv-cls/part/cls",
        "/r/qpv-cls/part/suites",
        "/r/qpv-cls/part/nowhere",
    ] {
        assert_eq!(colleague.get(path).await.status, 404, "{path}");
        assert_eq!(
            colleague.post(path, "nb_qpv=1&go=next").await.status,
            404,
            "{path}"
        );
    }
    for path in [
        "p/profil",
        "p/coordination",
        "review",
        "receipt",
        "receipt/export/json",
        "receipt/withdraw",
        "keep",
        "together",
    ] {
        let reply = colleague.get(&format!("/r/qpv-cls/{path}")).await;
        assert_eq!(reply.status, StatusCode::CONFLICT, "{path}");
    }
    for path in [
        "p/profil",
        "p/coordination",
        "review",
        "receipt/correct",
        "receipt/keep",
        "together",
        "together/00000000-0000-0000-0000-000000000000",
    ] {
        let reply = colleague
            .post(&format!("/r/qpv-cls/{path}"), "go=next&signed=yes&label=x")
            .await;
        assert_eq!(reply.status, StatusCode::CONFLICT, "{path}");
    }
    // Neither the answers of other pages nor what follows from them is told.
    let page = colleague.get("/r/qpv-cls/part/coordination").await;
    assert!(
        !page.body.contains("data-begin") && !page.body.contains("Canari"),
        "{}",
        page.body
    );
    assert!(
        !colleague
            .get("/r/qpv-cls/part")
            .await
            .body
            .contains("Canari")
    );
    assert!(
        holder
            .get("/r/qpv-cls/review")
            .await
            .body
            .contains("Canari")
    );
    // Whoever has all of it has the lively page.
    let whole = holder.hand_over("Tout", "").await;
    let other = Person::join(&site, &whole, "T").await;
    assert!(other.get(PART).await.body.contains("data-begin"));
    // A page that is not there is not « all pages ».
    let reply = holder
        .post("/r/qpv-cls/together", "label=x&pages=nowhere")
        .await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    let reply = holder
        .post("/r/qpv-cls/together", "label=+&pages=profil")
        .await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("label-error"));
}

#[tokio::test]
async fn a_link_that_was_taken_back_ends_at_once() {
    let site = Site::open().await;
    let holder = Person::holder(&site).await;
    let stranger = Person::holder(&site).await;
    let link = holder.hand_over("Marie", "&pages=profil").await;
    let colleague = Person::join(&site, &link, "Marie").await;
    let drawn = colleague.open(PART).await;
    let page = holder.get("/r/qpv-cls/together").await.body;
    let action = page.split("action=\"/r/qpv-cls/together/").nth(1).unwrap();
    let action = format!("/r/qpv-cls/together/{}", action.split('"').next().unwrap());
    // Nobody else takes it back.
    stranger.post(&action, "").await;
    assert_eq!(colleague.get(PART).await.status, 200);
    for _ in 0..2 {
        assert_eq!(
            holder.post(&action, "").await.location(),
            "/r/qpv-cls/together"
        );
    }
    let body = format!("nb_qpv=31&go=save&%24drawn={}", encoded(&drawn));
    assert_eq!(colleague.post(PART, &body).await.status, 404);
    for path in [link.as_str(), "/r/qpv-cls/part", PART] {
        let reply = colleague.get(path).await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.body.contains("Ce lien ne mène à rien"));
    }
    assert!(!holder.get(PROFILE).await.body.contains("value=\"31\""));
    assert!(
        holder
            .get("/r/qpv-cls/together")
            .await
            .body
            .contains("Lien retiré")
    );
}

#[tokio::test]
async fn two_hundred_mutated_secrets_open_nothing() {
    let site = Site::open().await;
    let holder = Person::holder(&site).await;
    let link = holder.hand_over("Marie", "").await;
    let colleague = Person::join(&site, &link, "Marie").await;
    let secret = link.rsplit('/').next().unwrap().to_owned();
    assert_eq!(secret.len(), 40);
    let mut mutated = vec![
        String::new(),
        secret[1..].to_owned(),
        format!("{secret}0"),
        secret.to_uppercase() + "a",
    ];
    for at in 0..secret.len() {
        for digit in "0123456789"
            .chars()
            .filter(|it| !secret[at..].starts_with(*it))
            .take(5)
        {
            mutated.push(format!("{}{digit}{}", &secret[..at], &secret[at + 1..]));
        }
    }
    assert!(mutated.len() >= 200);
    for secret in &mutated {
        let cookie = format!("recueil.part-qpv-cls={secret}");
        for path in ["/r/qpv-cls/part", PART] {
            let reply = site
                .send_with(&Method::GET, path, &[("cookie", &cookie)], "")
                .await;
            assert_eq!(reply.status, 404, "{secret}");
        }
    }
    // The secret of one wave opens no other.
    let cookie = format!("recueil.part-autre={secret}");
    let reply = site
        .send_with(&Method::GET, "/r/autre/part", &[("cookie", &cookie)], "")
        .await;
    assert_eq!(reply.status, 404);
    // In addresses they are counted: the right one too waits after twenty wrong ones.
    let mut last = 0;
    for secret in mutated.iter().skip(4).take(25) {
        let path = format!("/r/qpv-cls/with/{secret}");
        last = colleague.post(&path, "").await.status.as_u16();
    }
    assert_eq!(last, 429);
    assert_eq!(colleague.get(&link).await.status, 429);
    // Who is in stays in.
    assert_eq!(colleague.get("/r/qpv-cls/part").await.status, 200);
}

/// A page that says « I don't know » beside the text that stood there means it, also where somebody
/// else has changed the text since.
#[tokio::test]
async fn answers_of_two_are_merged_field_by_field() {
    let site = Site::open().await;
    let holder = Person::holder(&site).await;
    let link = holder.hand_over("Marie", "").await;
    let colleague = Person::join(&site, &link, "Marie").await;
    let (mine, theirs) = (holder.open(PROFILE).await, colleague.open(PART).await);
    // Each fills one question; neither takes the other's away.
    holder
        .answer(PROFILE, &mine, "structure=association&go=save")
        .await;
    colleague.answer(PART, &theirs, "nb_qpv=12&go=save").await;
    let page = holder.get(PROFILE).await.body;
    assert!(choices(&page).is_empty());
    assert!(
        page.contains("value=\"12\"") && page.contains("value=\"association\" checked"),
        "{page}"
    );
    // The same page goes on, as autosave does: the last word counts, also an empty one.
    for typed in ["13", "1", ""] {
        let body = format!("nb_qpv={typed}&go=save");
        colleague.answer(PART, &theirs, &body).await;
        let page = holder.get(PROFILE).await.body;
        assert!(choices(&page).is_empty());
        let shown = page.contains(&format!("value=\"{typed}\"")) || typed.is_empty();
        assert!(shown && !page.contains("value=\"12\""), "{page}");
    }
}
