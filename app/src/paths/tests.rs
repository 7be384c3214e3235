use super::*;

/// `{…}` stands for one segment.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) =
        (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(&path)
            .all(|(p, s)| p == s || (p.starts_with('{') && !s.is_empty()))
}

#[test]
fn every_address_matches_its_own_pattern_and_no_other() {
    let hostile = "à / ?#é%";
    let written = [
        home(),
        start(hostile),
        page(hostile, hostile),
        review(hostile),
        receipt(hostile),
        export(hostile, hostile),
        correct(hostile),
        drop_correction(hostile),
        withdraw(hostile),
        withdrawn(hostile),
        keep(hostile),
        resume(hostile),
        together(hostile),
        contributor(hostile, hostile),
        handed(hostile, hostile),
        part(hostile),
        part_page(hostile, hostile),
        instrument(hostile, hostile),
        invitation(hostile),
        opt_out(hostile),
        dashboard(hostile, hostile),
        dashboard_filter(hostile, hostile),
        rehearsal(hostile, hostile),
        remove_rehearsal(hostile, hostile),
        live(hostile),
        live_studies(),
        studio(),
        sign_in(),
        passkey_challenge(),
        passkey_sign_in(),
        openid(),
        openid_join(),
        openid_return(),
        sign_out(),
        recover(),
        link(hostile),
        account(),
        new_passkey_challenge(),
        new_passkey(),
        bind_openid(),
        study(hostile),
        members(hostile),
        member(hostile, hostile),
        member_link(hostile, hostile),
        audit(hostile),
        audit_file(hostile),
        results(hostile, hostile),
        filter(hostile, hostile),
        // Programs find these in the description of the API; no page leads there.
        OPENAPI.to_owned(),
        API_STUDIES.to_owned(),
        API_WAVES.replace("{study}", &segment(hostile)),
        API_TABLES.replace("{study}", "a").replace("{wave}", "b"),
        begin_study(),
        questionnaire(hostile),
        edit(hostile),
        edit_news(hostile),
        condition(hostile),
        rehearse(hostile),
        rehearsed(hostile),
        plan(hostile),
        print(hostile),
        print_file(hostile, &[]),
        findings(hostile),
        map(hostile),
        publish(hostile),
        waves(hostile),
        settings(hostile, hostile),
        qr_svg(hostile, hostile),
        qr_png(hostile, hostile),
        entry(hostile, hostile),
        begin_entry(hostile, hostile),
        admissibility(hostile, hostile),
        retention(hostile, hostile),
        invitations(hostile, hostile),
        figures(hostile, hostile),
        send(hostile, hostile),
        messages(hostile, hostile, hostile),
        contacts(hostile, hostile),
        contacts_file(hostile, hostile),
        responses(hostile, hostile),
        asset(hostile),
    ];
    assert_eq!(written.len(), PATTERNS.len());
    for (path, own) in written.iter().zip(PATTERNS) {
        let found: Vec<_> = PATTERNS.iter().filter(|it| matches(it, path)).collect();
        assert_eq!(found, [own], "{path}");
    }
}

#[test]
fn what_is_not_a_plain_character_is_encoded() {
    assert_eq!(start("été/1"), "/r/%C3%A9t%C3%A9%2F1");
}
