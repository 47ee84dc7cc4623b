// The canonical form of N-Quads (RDFC-1.0) by Digital Bazaar's library, from standard input to standard output.
import {canonize} from 'rdf-canonize';
import {text} from 'node:stream/consumers';

const input = await text(process.stdin);
const options = {algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads', format: 'application/n-quads'};
process.stdout.write(await canonize(input, options));
