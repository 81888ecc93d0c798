// SPDX-License-Identifier: MIT
// The stand-in gateway accepts what the vendor's own Node.js clients send, and refuses them a wrong secret.
// Source: npm packages @alicloud/pop-core, @alicloud/openapi-client, @alicloud/openapi-core (see package.json).
// Run by official_client_test.sh: node official_client_test.mjs FOLDER_OF_NODE_MODULES [GATEWAY]
// GATEWAY: a program to test in place of gateway.py, with its options and its first line, but without TLS.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const require = createRequire(path.resolve(process.argv[2], 'package.json'));
const PopCore = require('@alicloud/pop-core');
const OpenApiClient = require('@alicloud/openapi-client');
const OpenApiCore = require('@alicloud/openapi-core');
const { RuntimeOptions } = require('@alicloud/tea-util');
const Dara = require('@darabonba/typescript');

const here = path.dirname(fileURLToPath(import.meta.url));
const studio = '80787064-1c94-4dc1-85ce-9409960a1234';
const requestId = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

async function start(...options) {
  const [program, ...first] = process.argv[3] ? [process.argv[3]]
    : [process.env.PYTHON ?? 'python3', '-B', path.join(here, 'gateway.py')];
  const child = spawn(program, [...first, '--rate', '0', ...options],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const url = (await lines.next()).value;
  const caFile = options.includes('--tls') ? (await lines.next()).value.slice('CA file: '.length) : null;
  const calls = async () => (await (await fetch(`${url}/-/executions`)).json()).calls;
  const stop = () => new Promise(resolve => { child.on('exit', resolve); child.kill(); });
  return { url, host: url.split('//')[1], caFile, calls, stop };
}

const plain = await start();
const withToken = await start('--security-token', 'tok+/==');
const secure = process.argv[3] ? null : await start('--tls');

function popCore(gateway, more = {}) {
  return new PopCore({
    endpoint: gateway.url, apiVersion: '2016-11-01', accessKeyId: 'testid', accessKeySecret: 'testsecret', ...more,
  });
}

const operation = {
  version: '2016-11-01', protocol: 'HTTP', pathname: '/', method: 'POST',
  authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json',
};

function openApi(library, runtime, gateway, config = {}, request = { query: { CasterId: studio } }, method = 'POST',
  action = 'RestartCaster') {
  const Client = library.default;
  const { Config, Params, OpenApiRequest } = library.$OpenApiUtil ?? library;
  const client = new Client(new Config({
    accessKeyId: 'testid', accessKeySecret: 'testsecret', endpoint: gateway.host, protocol: 'HTTP', ...config,
  }));
  return client.callApi(new Params({ ...operation, method, action }), new OpenApiRequest(request), runtime);
}

const viaClient = (...rest) => openApi(OpenApiClient, new RuntimeOptions({}), ...rest);
const viaCore = (...rest) => openApi(OpenApiCore, new Dara.RuntimeOptions({}), ...rest);

async function lastCall(gateway) {
  const { method, placement, signature, executed } = (await gateway.calls()).at(-1);
  return [method, placement, signature, executed].join(' ');
}

const code = expected => error => {
  assert.equal(error.code ?? error.data?.Code, expected);
  return true;
};

const tests = {
  'pop-core restarts a studio with GET': async () => {
    assert.match((await popCore(plain).request('RestartCaster', { CasterId: studio })).RequestId, requestId);
    assert.equal(await lastCall(plain), 'GET query RPC-1.0 true');
  },
  'pop-core restarts a studio with POST': async () => {
    const answer = await popCore(plain).request('RestartCaster', { CasterId: studio }, { method: 'POST' });
    assert.match(answer.RequestId, requestId);
    assert.equal(await lastCall(plain), 'POST form RPC-1.0 true');
  },
  'pop-core signs odd values as the gateway does': async () => {
    const odd = " a+b*c~d%e&=/!'()\u0001\u76f4\u{1f3ac}";
    for (const method of ['GET', 'POST']) {
      const parameters = { CasterId: studio, Odd: odd, List: ['x', { Key: odd }] };
      await popCore(plain).request('RestartCaster', parameters, { method });
    }
  },
  'pop-core brings its token': async () => {
    for (const method of ['GET', 'POST']) {
      await popCore(withToken, { securityToken: 'tok+/==' }).request('RestartCaster', { CasterId: studio }, { method });
    }
    const without = popCore(withToken).request('RestartCaster', { CasterId: studio });
    await assert.rejects(without, code('MissingSecurityToken'));
  },
  'pop-core with a wrong secret is refused': async () => {
    for (const method of ['GET', 'POST']) {
      await assert.rejects(
        popCore(plain, { accessKeySecret: 'wrong' }).request('RestartCaster', { CasterId: studio }, { method }),
        code('SignatureDoesNotMatch'));
    }
  },
};

if (secure) Object.assign(tests, {
  'pop-core over TLS is served when it trusts the CA file': async () => {
    const opts = { agent: new https.Agent({ ca: readFileSync(secure.caFile) }) };
    for (const method of ['GET', 'POST']) {
      const answer = await popCore(secure, { opts }).request('RestartCaster', { CasterId: studio }, { method });
      assert.match(answer.RequestId, requestId);
    }
    opts.agent.destroy();
  },
  'pop-core over TLS refuses a certificate that it was not told to trust': async () => {
    await assert.rejects(popCore(secure).request('RestartCaster', { CasterId: studio }), /self[- ]signed certificate/);
  },
});

// A studio's life as the client `call` (operation, parameters: answer) leads it; lists are objects, as a program has them.
async function life(call) {
  const common = { NormType: 1, ChargeType: 'PostPaid', CasterName: '\u5bfc\u64ad a+b*~' };
  const names = ['zulu', 'alpha'].map(key => ({ Key: key, Value: `${key} & more` }));
  const made = await call('CreateCaster', { ...common, ClientToken: 'token-1', Tag: names });
  for (let more = 2; more < 13; more += 1) await call('CreateCaster', { ...common, ClientToken: `token-${more}` });
  const id = { CasterId: made.CasterId };
  assert.equal((await call('CreateCaster', { ...common, ClientToken: 'token-1', Tag: names })).CasterId, made.CasterId);

  const page = await call('DescribeCasters', { PageNum: 2, PageSize: 8, CasterName: common.CasterName });
  assert.deepEqual([page.Total, page.CasterList.Caster.length], [12, 4]);
  const twelve = Array.from({ length: 12 }, () => ({ Key: 'alpha' }));
  const [studio] = (await call('DescribeCasters', { Tag: twelve })).CasterList.Caster;
  assert.deepEqual([studio.CasterId, studio.CasterName, studio.Status], [made.CasterId, common.CasterName, 0]);
  assert.deepEqual(studio.Tags.tag.map(tag => [tag.TagKey, tag.TagValue]), names.map(tag => [tag.Key, tag.Value]));

  const started = await call('StartCaster', id);
  const scenes = await call('DescribeCasterScenes', id);
  assert.equal(scenes.SceneList.Scene[1].SceneId, started.PgmSceneInfos.SceneInfo[0].SceneId);
  const { hostname, pathname } = new URL((await call('DescribeCasterStreamUrl', id)).CasterStreams.CasterStream[1].StreamUrl);
  const [, AppName, file] = pathname.split('/');
  const stream = { DomainName: hostname, AppName, StreamName: file.replace('.flv', '') };
  assert.equal((await call('DescribeLiveStreamState', stream)).StreamState, 'online');
  assert.equal((await call('DescribeCasterConfig', id)).CasterName, common.CasterName);
  await call('RestartCaster', id);
  await call('StopCaster', id);
  assert.equal((await call('DescribeLiveStreamState', stream)).StreamState, 'offline');
  assert.equal((await call('DeleteCaster', id)).CasterId, made.CasterId);
  await assert.rejects(call('StartCaster', id), code('InvalidCaster.NotFound'));

  const layers = Array.from({ length: 12 }, () => ({ FillMode: 'none', PositionNormalized: [0.5, 0.25] }));
  const layout = { CasterId: 'a', BlendList: ['1'], MixList: ['1', '2'], AudioLayer: [{ VolumeRate: 1.5 }], VideoLayer: layers };
  await assert.rejects(call('AddCasterLayout', layout), code('StandIn.NotImplemented'));
  await assert.rejects(call('AddCasterLayout', { ...layout, VideoLayer: [] }), code('MissingVideoLayer'));
  await assert.rejects(call('DescribeCasters', { PageNum: 'two' }), code('InvalidPageNum'));
}

for (const method of ['GET', 'POST']) {
  tests[`pop-core leads a studio's life with ${method}`] = async () => {
    await fetch(`${plain.url}/-/reset`, { method: 'POST' });
    await life((action, parameters) => popCore(plain).request(action, parameters, { method }));
  };
}

for (const [name, call] of [['openapi-client', viaClient], ['openapi-core', viaCore]]) {
  for (const [signature, config] of [['ACS3', {}], ['the older signature', { signatureAlgorithm: 'v2' }]]) {
    tests[`${name} leads a studio's life with ${signature}`] = async () => {
      await fetch(`${plain.url}/-/reset`, { method: 'POST' });
      await life(async (action, parameters) =>
        (await call(plain, config, { query: OpenApiCore.OpenApiUtil.query(parameters) }, 'POST', action)).body);
    };
  }
  Object.assign(tests, {
    [`${name} restarts a studio with ACS3 and POST`]: async () => {
      const answer = await call(plain);
      assert.equal(answer.statusCode, 200);
      assert.match(answer.body.RequestId, requestId);
      assert.equal(await lastCall(plain), 'POST query ACS3-HMAC-SHA256 true');
    },
    [`${name} restarts a studio with ACS3 and GET`]: async () => {
      await call(plain, {}, undefined, 'GET');
      assert.equal(await lastCall(plain), 'GET query ACS3-HMAC-SHA256 true');
    },
    [`${name} signs a form body with ACS3`]: async () => {
      await call(plain, {}, { body: { CasterId: studio, Note: 'a b+c*\u76f4' } });
      assert.equal(await lastCall(plain), 'POST form ACS3-HMAC-SHA256 true');
    },
    [`${name} brings its token with ACS3`]: async () => {
      await call(withToken, { securityToken: 'tok+/==', type: 'sts' });
      await assert.rejects(call(withToken), code('MissingSecurityToken'));
    },
    [`${name} with a wrong secret is refused`]: async () => {
      await assert.rejects(call(plain, { accessKeySecret: 'wrong' }), code('SignatureDoesNotMatch'));
    },
    [`${name} told to use the older signature sends version 1.0`]: async () => {
      await call(plain, { signatureAlgorithm: 'v2' });
      assert.equal(await lastCall(plain), 'POST query RPC-1.0 true');
    },
  });
}

if (process.argv[3]) { // a gateway for tests carries out four operations only
  for (const name of Object.keys(tests).filter(each => each.includes("a studio's life"))) delete tests[name];
}
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
await Promise.all([plain, withToken, secure].filter(Boolean).map(gateway => gateway.stop()));
console.log(`official_client_test: ${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
