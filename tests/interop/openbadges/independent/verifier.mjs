// Verifies and issues credentials with Digital Bazaar's libraries; what to do comes as JSON on standard input.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as didKey from '@digitalbazaar/did-method-key';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';

const asked = JSON.parse(readFileSync(0, 'utf8'));
const dids = didKey.driver();
dids.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});

async function documentLoader(url) {
  const known = asked.documents[url];
  if(known) {
    return {contextUrl: null, documentUrl: url, document: JSON.parse(readFileSync(known, 'utf8'))};
  }
  if(url.startsWith('did:key:')) {
    return {contextUrl: null, documentUrl: url, document: await dids.get({url})};
  }
  throw new Error(`not known: ${url}`);
}

const suite = new DataIntegrityProof({cryptosuite});
const answer = {verified: {}, issued: null};
for(const file of asked.verify) {
  const credential = JSON.parse(readFileSync(file, 'utf8'));
  const found = await vc.verifyCredential({credential, suite, documentLoader, checkStatus: options =>
    checkStatus({...options, verifyBitstringStatusListCredential: true, suite, documentLoader})});
  const set = (found.statusResult?.results ?? []).some(one => one.status);
  answer.verified[file] = {verified: found.verified, set, why: String(found.error?.errors?.[0]?.message ?? found.error ?? '')};
}
if(asked.issue) {
  const key = await Ed25519Multikey.generate();
  key.controller = `did:key:${key.publicKeyMultibase}`;
  key.id = `${key.controller}#${key.publicKeyMultibase}`;
  const credential = JSON.parse(readFileSync(asked.issue, 'utf8'));
  credential.issuer.id = key.controller;
  const signing = new DataIntegrityProof({signer: key.signer(), cryptosuite});
  answer.issued = await vc.issue({credential, suite: signing, documentLoader});
}
console.log(JSON.stringify(answer));
