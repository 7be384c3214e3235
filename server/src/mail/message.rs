//! A parcel as a mail. Every header is written by the library, which folds and encodes values; what could
//! begin a header of its own was refused or taken out before (`service`'s samples and templates).

use app::paths;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use service::Parcel;

/// The address is none that mail can be sent to.
#[derive(Debug)]
pub(super) struct Unwritable;

pub(super) fn compose(
    parcel: &Parcel,
    from: &Mailbox,
    public: &str,
) -> Result<Message, Unwritable> {
    let address = parcel.recipient().parse().map_err(|_| Unwritable)?;
    let id = format!("<{}@{}>", parcel.id(), from.email.domain());
    let mut builder = Message::builder()
        .message_id(Some(id))
        .from(from.clone())
        .to(Mailbox::new(None, address))
        .subject(one_line(parcel.subject()))
        .date_now()
        // Out-of-office replies go to who writes by hand.
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    let (mut link, mut opt_out) = (String::new(), String::new());
    if let Some(token) = parcel.invitation() {
        link = format!("{public}{}", paths::invitation(token.reveal()));
        opt_out = format!("{public}{}", paths::opt_out(token.reveal()));
        builder = builder.raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("List-Unsubscribe"),
            format!("<{opt_out}>"),
        ));
        // One click in the mail program asks (RFC 8058); providers do so under HTTPS only.
        if public.starts_with("https://") {
            builder = builder.raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("List-Unsubscribe-Post"),
                "List-Unsubscribe=One-Click".to_owned(),
            ));
        }
    }
    let body = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .body(parcel.body(&link, &opt_out));
    builder.singlepart(body).map_err(|_| Unwritable)
}

/// A mail that is about no invitation, under a Message-ID of its own.
pub(super) fn plain(
    from: &Mailbox,
    to: &str,
    subject: &str,
    body: String,
) -> Result<Message, Unwritable> {
    let address = to.parse().map_err(|_| Unwritable)?;
    let id = format!("<{}@{}>", uuid::Uuid::now_v7(), from.email.domain());
    let builder = Message::builder()
        .message_id(Some(id))
        .from(from.clone())
        .to(Mailbox::new(None, address))
        .subject(one_line(subject))
        .date_now();
    let body = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .body(body);
    builder.singlepart(body).map_err(|_| Unwritable)
}

/// A header is one line, whatever was asked for.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
