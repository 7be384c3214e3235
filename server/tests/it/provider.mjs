// A small OpenID provider for tests: `node provider.mjs <folder of oidc-provider> <where people are sent back>`.
//
// It signs everybody in as the person it was told of last, and answers wrongly when it is told to. Prints
// its address. `POST /told` says who comes and what to do wrong, and which keys there are; `GET /walk?to=…` goes
// where a new browser would and answers the address at which it would leave; with `&again` the same browser goes.
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import http from "node:http";

const [, , folder, back] = process.argv;
const after = new URL("/studio/sign-in", back).href;
const { Provider } = await import(`${folder}/lib/index.js`);

const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const [own, other, later] = [pair(), pair(), pair()];
let kid = "own";
const secret = "a secret of the site, long enough for a key";
let told = { person: {}, wrong: "" };
// Which key it shows and signs with: its own, or a later one. It reads them at its start only.
const published = (pair, kid) => ({ ...pair.privateKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" });
let key = own;
let asked = 0;

const server = http.createServer((request, answer) => serve(request, answer));
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${server.address().port}`;

const scopes = ["openid", "email", "given_name", "usual_name", "siret"];
const provider = new Provider(issuer, {
    clients: [{
        client_id: "recueil",
        client_secret: secret,
        redirect_uris: [back],
        post_logout_redirect_uris: [after],
        userinfo_signed_response_alg: "RS256",
    }],
    scopes,
    claims: {
        openid: ["sub"],
        email: ["email", "email_verified"],
        given_name: ["given_name"],
        usual_name: ["usual_name"],
        siret: ["siret"],
    },
    features: {
        devInteractions: { enabled: false },
        jwtUserinfo: { enabled: true },
        // Asks whether somebody wants to go, as a page does; `walk` says yes.
        rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => { ctx.body = form; } },
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...told.person, sub: id }) }),
    loadExistingGrant: async (ctx) => {
        const grant = new provider.Grant({
            clientId: ctx.oidc.client.clientId,
            accountId: ctx.oidc.session.accountId,
        });
        grant.addOIDCScope(scopes.join(" "));
        await grant.save();
        return grant;
    },
    pkce: { required: () => true },
    cookies: { keys: ["tests"] },
    jwks: { keys: [published(own, "own")] },
});

const part = (it) => Buffer.from(JSON.stringify(it)).toString("base64url");

function signed(claims, alg, key) {
    const text = `${part({ alg, kid, typ: "JWT" })}.${part(claims)}`;
    const seal = {
        none: () => "",
        HS256: () => createHmac("sha256", secret).update(text).digest("base64url"),
        RS256: () => sign("RSA-SHA256", Buffer.from(text), key).toString("base64url"),
    }[alg]();
    return `${text}.${seal}`;
}

// The same token with something wrong.
function harmed(token, wrong) {
    const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
    const now = Math.floor(Date.now() / 1000);
    const [, given] = wrong.split("nonce=");
    if (given) return signed({ ...claims, nonce: given }, "RS256", key.privateKey);
    const changed = {
        nothing: {},
        nonce: { nonce: "another" },
        "no nonce": { nonce: undefined },
        audience: { aud: "another" },
        "one more audience": { aud: ["recueil", "another"] },
        issuer: { iss: "https://evil.example" },
        expired: { iat: now - 7200, exp: now - 3600 },
        "another's access token": { at_hash: "AAAAAAAAAAAAAAAAAAAAAA" },
        "another subject": { sub: "another" },
    }[wrong];
    if (changed) return signed({ ...claims, ...changed }, "RS256", key.privateKey);
    if (wrong === "the withdrawn key") {
        const at = kid;
        kid = "own";
        const forged = signed(claims, "RS256", own.privateKey);
        kid = at;
        return forged;
    }
    if (wrong === "another key") return signed(claims, "RS256", other.privateKey);
    if (wrong === "unsigned") return signed(claims, "none");
    if (wrong === "signed with the shared secret") return signed(claims, "HS256");
    throw new Error(wrong);
}

provider.use(async (ctx, next) => {
    if (ctx.path.startsWith("/interaction/")) {
        const result = { login: { accountId: told.person.sub } };
        ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
        return;
    }
    await next();
    if (ctx.path === "/.well-known/openid-configuration") {
        asked += 1;
        Object.assign(ctx.body, told.says);
    }
    if (ctx.path === "/jwks" && key === later) {
        const { kty, e, n, kid, alg, use } = published(later, "later");
        ctx.body = { keys: [{ kty, e, n, kid, alg, use }] };
    }
    // It knows nothing of the later key itself: what it has signed is signed again.
    if (key === later && ctx.path === "/token") ctx.body.id_token = harmed(ctx.body.id_token, "nothing");
    if (key === later && ctx.path === "/me") ctx.body = harmed(ctx.body, "nothing");
    const [where, wrong] = told.wrong.split(": ");
    if (["ID token", "both"].includes(where) && ctx.path === "/token") ctx.body.id_token = harmed(ctx.body.id_token, wrong);
    if (["claims", "both"].includes(where) && ctx.path === "/me") ctx.body = harmed(ctx.body, wrong);
});
const usual = provider.callback();

let cookies = new Map();

// What a browser does until it leaves. Where it is asked whether it wants to go, it does.
async function walk(to) {
    let form;
    while (to.startsWith(issuer)) {
        const cookie = [...cookies].map((it) => it.join("=")).join("; ");
        const method = form ? "POST" : "GET";
        const answer = await fetch(to, { method, body: form, redirect: "manual", headers: { cookie } });
        form = undefined;
        for (const it of answer.headers.getSetCookie()) {
            const [name, value] = it.split(";")[0].split("=", 2);
            cookies.set(name, value);
        }
        const next = answer.headers.get("location");
        if (next) {
            to = new URL(next, to).href;
            continue;
        }
        const page = await answer.text();
        const [, action] = page.match(/<form[^>]* action="([^"]*)"/) ?? [];
        const [, xsrf] = page.match(/name="xsrf" value="([^"]*)"/) ?? [];
        if (!xsrf) return `${answer.status} ${page}`;
        form = new URLSearchParams({ xsrf, logout: "yes" });
        to = new URL(action, to).href;
    }
    return to;
}

async function serve(request, answer) {
    const url = new URL(request.url, issuer);
    if (url.pathname === "/told") {
        let text = "";
        for await (const it of request) text += it;
        told = JSON.parse(text);
        [key, kid] = told.keys === "later" ? [later, "later"] : [own, "own"];
        answer.end("told");
    } else if (url.pathname === "/walk") {
        if (!url.searchParams.has("again")) cookies = new Map();
        answer.end(await walk(url.searchParams.get("to")));
    } else if (url.pathname === "/asked") {
        answer.end(String(asked));
    } else if (told.wrong === "down") {
        request.socket.destroy();
    } else if (told.wrong === "silent") {
        // It listens, and never says anything.
    } else {
        usual(request, answer);
    }
}

console.log(issuer);
