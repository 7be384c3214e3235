//! `recueil user`, as in the README.

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::program::{Server, text};

/// Runs `recueil user` with something on its standard input.
fn user(database: &str, args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_recueil"))
        .arg("user")
        .args(args)
        .args(["--database", database])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn accounts_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    // The studies are installed by the server's first start.
    Server::start(&database, &[]).kill();
    let run = |args: &[&str], input: &str| {
        let output = user(&database, args, input);
        let (code, errors) = (output.status.code().unwrap(), text(&output.stderr));
        (code, text(&output.stdout), errors)
    };
    const GOOD: &str = "bruine-clavier-orge-59\n";
    let anne = "anne@example.org";
    let add = ["add", "Anne@Example.org", "--name", "Anne Durand"];
    assert_eq!(run(&add, GOOD), (0, format!("{anne}\n"), String::new()));
    assert_eq!(run(&["role", anne, "qpv-cls", "analyst"], "").0, 0);
    for (args, input, code) in [
        (&add[..], GOOD, "taken"),
        (&["add", "b@example.org"], "court\n", "weak_password"),
        (&["add", "nobody"], GOOD, "bad_email"),
        (
            &["role", "b@example.org", "qpv-cls", "viewer"],
            "",
            "unknown_account",
        ),
        (&["role", anne, "nowhere", "viewer"], "", "unknown_study"),
        (&["recover", "b@example.org"], "", "unknown_account"),
    ] {
        let (exit, out, errors) = run(args, input);
        assert_eq!((exit, out.as_str()), (1, ""), "{args:?}");
        assert!(errors.contains(&format!("({code})")), "{args:?}: {errors}");
    }
    assert_eq!(run(&["role", anne, "qpv-cls", "king"], "").0, 64);

    let lines = |out: &str| -> Vec<Value> {
        let lines = out.lines().map(|it| serde_json::from_str(it).unwrap());
        lines.collect()
    };
    let listed = lines(&run(&["list"], "").1);
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["name"], "Anne Durand");
    let link = run(&["recover", anne, "--public-url", "https://x.example/"], "").1;
    assert!(link.starts_with("https://x.example/studio/link/"), "{link}");
    // She is no administrator, so it does not matter that there is none.
    assert_eq!(run(&["remove", anne], "").0, 0);
    assert!(run(&["list"], "").1.is_empty());
    let (exit, audit, _) = run(&["audit"], "");
    assert_eq!(exit, 0);
    let actions: Vec<Value> = lines(&audit)
        .into_iter()
        .map(|it| it["action"].clone())
        .collect();
    // The built-in surveys, then what was done here.
    let (built_in, done) = actions.split_at(5);
    assert!(
        built_in.iter().all(|it| it == "study.publish"),
        "{actions:?}"
    );
    assert_eq!(
        done,
        [
            "account.link",
            "account.create",
            "member.role",
            "account.recover",
            "account.remove"
        ]
    );
}
