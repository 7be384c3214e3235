// A small OpenID provider for tests: `node provider.mjs <folder of oidc-provider> <where people are sent back>`.
//
// It signs everybody in as the person it was told of last, and answers wrongly when it is told to. Prints
// its address. `POST /told` says who comes and what to do wrong; `GET /walk?to=…` goes where a browser would and
// answers the address at which it would leave.
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import http from "node:http";

const [, , folder, back] = process.argv;
const { Provider } = await import(`${folder}/lib/index.js`);

const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const [own, other] = [pair(), pair()];
const kid = "own";
const secret = "a secret of the site, long enough for a key";
let told = { person: {}, wrong: "" };

const server = http.createServer((request, answer) => serve(request, answer));
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${server.address().port}`;

const scopes = ["openid", "email", "given_name", "usual_name", "siret"];
const provider = new Provider(issuer, {
    clients: [{
        client_id: "recueil",
        client_secret: secret,
        redirect_uris: [back],
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
    features: { devInteractions: { enabled: false }, jwtUserinfo: { enabled: true } },
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
    jwks: { keys: [{ ...own.privateKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" }] },
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
    if (given) return signed({ ...claims, nonce: given }, "RS256", own.privateKey);
    const changed = {
        nonce: { nonce: "another" },
        "no nonce": { nonce: undefined },
        audience: { aud: "another" },
        "one more audience": { aud: ["recueil", "another"] },
        issuer: { iss: "https://evil.example" },
        expired: { iat: now - 7200, exp: now - 3600 },
        "another's access token": { at_hash: "AAAAAAAAAAAAAAAAAAAAAA" },
        "another subject": { sub: "another" },
    }[wrong];
    if (changed) return signed({ ...claims, ...changed }, "RS256", own.privateKey);
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
    const [where, wrong] = told.wrong.split(": ");
    if (where === "ID token" && ctx.path === "/token") ctx.body.id_token = harmed(ctx.body.id_token, wrong);
    if (where === "claims" && ctx.path === "/me") ctx.body = harmed(ctx.body, wrong);
});
const usual = provider.callback();

// What a browser does until it leaves.
async function walk(to) {
    const cookies = new Map();
    while (to.startsWith(issuer)) {
        const cookie = [...cookies].map((it) => it.join("=")).join("; ");
        const answer = await fetch(to, { redirect: "manual", headers: { cookie } });
        for (const it of answer.headers.getSetCookie()) {
            const [name, value] = it.split(";")[0].split("=", 2);
            cookies.set(name, value);
        }
        const next = answer.headers.get("location");
        if (!next) return `${answer.status} ${await answer.text()}`;
        to = new URL(next, to).href;
    }
    return to;
}

async function serve(request, answer) {
    const url = new URL(request.url, issuer);
    if (url.pathname === "/told") {
        let text = "";
        for await (const it of request) text += it;
        told = JSON.parse(text);
        answer.end("told");
    } else if (url.pathname === "/walk") {
        answer.end(await walk(url.searchParams.get("to")));
    } else if (told.wrong === "down") {
        request.socket.destroy();
    } else {
        usual(request, answer);
    }
}

console.log(issuer);
