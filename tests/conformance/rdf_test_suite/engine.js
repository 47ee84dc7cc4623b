// What the runner asks of an engine, done by the SPARQL endpoint and the graph store of a running service.
// It runs beside the runner's packages; the addresses come as options (-i).

const { Readable } = require('node:stream');
const { DataFactory } = require('rdf-data-factory');
const { termToString } = require('rdf-string-ttl');
const { TestCaseQueryEvaluationHandler } = require('rdf-test-suite/lib/testcase/sparql/TestCaseQueryEvaluation');
const { Util } = require('rdf-test-suite/lib/Util');
const { arrayifyStream } = require('arrayify-stream');

const DF = new DataFactory();
const OURS = 'https://w3id.org/mcqms/';
const DEFAULT = 'urn:x-test:default';
const READABLE = 'application/sparql-results+json, application/n-triples;q=0.9';
let held = '';

async function send(options, text, update, dataset = {}, accept = '*/*') {
  const body = new URLSearchParams();
  body.append(update ? 'update' : 'query', `BASE <${options.baseIRI}>\n${text}`);
  for (const [ name, graphs ] of Object.entries(dataset)) {
    graphs.forEach(graph => body.append(name, graph));
  }
  return fetch(options.protocolEndpoint, { method: 'POST', headers: { accept }, body });
}

async function done(response) {
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  return response;
}

// From then on the store holds these statements and no others; what names no graph goes into `unnamed`, or the unnamed graph.
async function hold(options, quads, unnamed) {
  const blocks = quads.map((quad) => {
    const triple = `${termToString(quad.subject)} ${termToString(quad.predicate)} ${termToString(quad.object)} .`;
    const name = quad.graph.value ? termToString(quad.graph) : unnamed;
    return name ? `GRAPH ${name} { ${triple} }` : triple;
  });
  const text = `DROP SILENT ALL ; INSERT DATA { ${blocks.join('\n')} }`;
  if (text !== held) {
    await done(await send(options, text, true));
    held = text;
  }
}

async function graphOf(options, parameters) {
  const address = `${options.graphStoreEndpoint}?${new URLSearchParams(parameters)}`;
  const response = await done(await fetch(address, { headers: { accept: 'application/n-triples' } }));
  return arrayifyStream(Util.parseRdfRaw('application/n-triples', address, Readable.from([ await response.text() ])));
}

async function answer(quads, text, options, accept) {
  await hold(options, quads, `<${DEFAULT}>`);
  const named = [ ...new Set(quads.map(quad => quad.graph.value).filter(Boolean)) ];
  const ownDataset = /\bFROM\b/iu.test(text);
  const dataset = ownDataset ? {} : { 'default-graph-uri': [ DEFAULT ], 'named-graph-uri': named };
  return done(await send(options, text, false, dataset, accept));
}

module.exports = {
  // Only 400 says that a text is none; 403, 404, 409 and 422 are about what it asks for.
  async parse(text, options) {
    const response = await send(options, text, options.baseIRI.endsWith('.ru'));
    held = '';
    if (response.status === 400) {
      throw new Error(await response.text());
    }
  },

  async query(quads, text, options) {
    const response = await answer(quads, text, options, READABLE);
    const type = response.headers.get('content-type');
    return TestCaseQueryEvaluationHandler.parseQueryResult(type, response.url, Readable.from([ await response.text() ]));
  },

  async queryResultFormat(quads, text, mediaType, options) {
    return Readable.from([ await (await answer(quads, text, options, mediaType)).text() ]);
  },

  async update(quads, text, options) {
    await hold(options, quads, '');
    held = '';
    await done(await send(options, text, true));
    const all = await send(options, 'SELECT ?g { GRAPH ?g { } }', false, {}, 'application/sparql-results+json');
    const names = (await (await done(all)).json()).results.bindings.map(row => row.g.value);
    const found = await graphOf(options, { default: '' });
    for (const name of names.filter(given => !given.startsWith(OURS))) {
      for (const { subject, predicate, object } of await graphOf(options, { graph: name })) {
        found.push(DF.quad(subject, predicate, object, DF.namedNode(name)));
      }
    }
    return found;
  },
};
