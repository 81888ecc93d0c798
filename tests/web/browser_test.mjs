// SPDX-License-Identifier: MIT
// The signature page in Chromium: it shows what cases.py says, makes no request, and can be used without a mouse.
// Source: cases.py; WAI-ARIA Authoring Practices (tabs); Content Security Policy level 3.
// Run by page_test.sh: node browser_test.mjs FOLDER CHROMIUM; FOLDER has signature.html, cases.json and node_modules.
//
// The file is long, because each test needs the same page.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

const [folder, executablePath] = process.argv.slice(-2).map((each) => path.resolve(each));
const { chromium } = createRequire(path.join(folder, "package.json"))("playwright-core");
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const cases = JSON.parse(readFileSync(path.join(folder, "cases.json"), "utf8"));
const file = path.join(folder, "signature.html");
const url = pathToFileURL(file).href;
const STUDIO = "80787064-1c94-4dc1-85ce-9409960a1234";
const SECRET = "canarySecret0123456789";

let browser, context, page;
const requests = [],
  complaints = [];

before(async () => {
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  context = await browser.newContext();
  page = await opened();
});
after(() => browser?.close());

async function opened(options) {
  const made = options ? await browser.newPage(options) : await context.newPage();
  made.on("console", (message) => complaints.push(message.text()));
  made.on("request", (request) => requests.push(request.url()));
  made.on("pageerror", (error) => complaints.push(error.message));
  await made.goto(url);
  await made.waitForSelector("#stage-list", { state: "attached" });
  return made;
}

// Fills the form inside the page, with the events of a person's input.
async function fill({ form, parameters, typed }) {
  await page.evaluate(
    ({ form, parameters, typed }) => {
      const set = (input, value, event) => {
        input.value = value;
        if (event) input.dispatchEvent(new Event(event, { bubbles: true }));
      };
      const byId = (id) => document.getElementById(id);
      set(byId("operation"), typed ? form.action : "", "change");
      if (!typed) {
        set(byId("action"), form.action);
        set(byId("version"), form.version);
        document.querySelectorAll("#free-rows .free").forEach((row) => row.remove());
      }
      for (const [id, value] of Object.entries({
        "key-id": form.keyId,
        secret: form.secret,
        token: form.token,
        time: form.time,
        nonce: form.nonce,
        endpoint: form.endpoint,
      }))
        set(byId(id), value);
      for (const name of ["scheme", "placement", "format"])
        document.querySelector(`input[name=${name}][value=${form[name]}]`).click();
      byId("show-token").checked = true;
      const field = (name) => document.querySelector(`[data-name="${name}"]`);
      for (const [name, value] of Object.entries(parameters)) {
        if (!typed) {
          document.querySelector("#parameters > button").click();
          const inputs = document.querySelector("#free-rows").lastElementChild.querySelectorAll("input");
          set(inputs[0], name, "input");
          set(inputs[1], value);
          continue;
        }
        // The elements of lists that lead to this field are added first.
        const parts = name.split(".");
        for (let end = 1; end < parts.length && !field(name); ++end) {
          const list = document.querySelector(`[data-list="${parts.slice(0, end).join(".")}"]`);
          while (list && list.querySelectorAll(":scope > div > fieldset").length < Number(parts[end]))
            list.querySelector(":scope > button").click();
        }
        set(field(name), value);
      }
      byId("nonce").dispatchEvent(new Event("input", { bubbles: true }));
    },
    { form, parameters, typed },
  );
}

const text = (selector) => page.textContent(selector);
const status = () => text("#status");

async function checkStages(one) {
  await fill(one);
  assert.equal(await status(), "", one.name);
  const ids = {
    canonical_query: "query",
    canonical_request: "canonical-request",
    string_to_sign: "string-to-sign",
    signature: "signature",
  };
  for (const [name, id] of Object.entries(ids))
    if (one.expected[name] !== undefined)
      assert.equal(await text(`#stage-${id}`), one.expected[name], `${one.name}: ${name}`);
  assert.ok((await text("#stage-request")).includes(one.expected.wire), one.name);
}

test("the vectors have the published signatures", async () => {
  // A field of a form has no line ends; module_test.mjs tests the vector that has some.
  const typable = cases.vectors.filter(({ parameters }) => !/[\r\n]/.test(Object.values(parameters).join("")));
  assert.equal(typable.length, cases.vectors.length - 1);
  for (const one of typable) await checkStages(one);
});

test("all operations have the signatures of the independent signer, under both schemes", async () => {
  assert.ok(cases.operations.length > 110);
  for (const one of cases.operations) await checkStages(one);
});

test("the form has a field or a list for every parameter", async () => {
  const facts = JSON.parse(readFileSync(path.join(root, "tools/live_operations.json"), "utf8")).operations;
  for (const [name, { parameters }] of Object.entries(facts)) {
    await page.selectOption("#operation", name);
    const shown = await page.$$eval("#parameters > .field [data-name], #parameters > [data-list]", (all) =>
      all.map(({ dataset }) => dataset.name ?? dataset.list),
    );
    assert.deepEqual(shown.sort(), parameters.map((each) => each.name).sort(), name);
  }
});

test("refusals are explained, and both texts have the differing bytes marked", async () => {
  let marked = 0,
    filled = "";
  for (const one of cases.refusals) {
    if (filled !== JSON.stringify(one.form)) {
      await page.click("#tab-stages");
      await fill(one);
      await page.click("#tab-explain");
      filled = JSON.stringify(one.form);
    }
    const shown = await page.evaluate(({ answer, ours, signature }) => {
      const byId = (id) => document.getElementById(id);
      byId("refusal").value = answer;
      byId("ours").value = ours;
      byId("sent-signature").value = signature;
      byId("refusal").dispatchEvent(new Event("input", { bubbles: true }));
      return {
        cause: byId("cause").dataset.cause,
        difference: byId("difference").textContent,
        hint: byId("hint").textContent,
        marks: [...document.querySelectorAll("mark.byte")].map((each) => each.textContent),
      };
    }, one);
    assert.equal(shown.cause, one.expected.cause, one.answer);
    if (one.expected.name)
      assert.ok(shown.difference.includes(`${one.expected.name}, byte ${one.expected.offset}`), shown.difference);
    if (one.words) assert.ok(shown.hint.includes(one.words), shown.hint);
    marked += shown.marks.length;
    if (shown.marks.length) assert.notEqual(shown.marks[0], shown.marks[1]);
    else assert.ok(["secret", "key_suffix", "not_a_mismatch"].includes(one.expected.cause), one.expected.cause);
  }
  await page.click("#tab-stages");
  assert.ok(marked > 60);
});

test("answers are shown as typed replies or as errors", async () => {
  for (const one of cases.answers) {
    await fill({
      ...cases.operations[0],
      form: { ...cases.operations[0].form, action: one.action },
      typed: one.action !== "DescribeAnything",
      parameters: {},
    });
    await page.click("#tab-read");
    await page.fill("#http-status", one.status);
    await page.fill("#answer", one.answer);
    if (one.reply) assert.equal(await text("#reply-type"), one.type);
    else assert.ok((await text("#reply")).includes(one.error.what_to_do ?? one.error.kind));
    if (one.reply?.Total) assert.ok((await text("#reply")).includes("caf\u00e9 <1>"));
    await page.click("#tab-stages");
  }
});

test("a parameter lights up in all stages, by pointer and by keyboard", async () => {
  for (const scheme of ["rpc_v1", "acs3"]) {
    await fill(cases.operations.find(({ form }) => form.action === "RestartCaster" && form.scheme === scheme));
    const lit = (id) => page.$$eval(`#${id} .lit`, (all) => all.map((each) => each.textContent).join("|"));
    await page.hover("#stage-parameters button[data-mark=CasterId]");
    for (const id of scheme === "acs3" ? ["stage-query"] : ["stage-query", "stage-string-to-sign", "stage-request"])
      assert.match(await lit(id), /^CasterId(=|%3D)[^&%]*$/);
    await page.hover("h1");
    assert.equal(await lit("results"), "");
    await page.focus("#time");
    assert.match(await lit("stage-request"), /2026-11-28T09(:|%3A)00(:|%3A)00Z/);
    await page.focus("#stage-parameters button[data-mark=CasterId]");
    await page.keyboard.press("Enter");
    await page.focus("#secret");
    assert.match(await lit("stage-query"), /^CasterId=/);
    assert.equal(await page.getAttribute("#stage-parameters button[data-mark=CasterId]", "aria-pressed"), "true");
    await page.focus("#stage-parameters button[data-mark=CasterId]");
    await page.keyboard.press("Enter");
  }
});

test("tabs go by the arrow keys, and the first tab stop leads to the stages", async () => {
  await page.focus("#tab-stages");
  const visible = [];
  for (let i = 0; i !== 4; ++i) {
    await page.keyboard.press("ArrowRight");
    visible.push(await page.$$eval("[role=tabpanel]:not([hidden])", (all) => all.map(({ id }) => id).join()));
  }
  assert.deepEqual(visible, ["code", "explain", "read", "stages"]);
  const fresh = await opened();
  await fresh.keyboard.press("Tab");
  assert.equal(await fresh.evaluate(() => document.activeElement.getAttribute("href")), "#results");
  await fresh.close();
});

test("every input has a label, every id is used once, and every reference has its target", async () => {
  for (const tab of ["stages", "code", "explain", "read"]) {
    await page.click(`#tab-${tab}`);
    const faults = await page.evaluate(() => {
      const found = [];
      for (const input of document.querySelectorAll("input, select, textarea"))
        if (![...input.labels].some((label) => label.textContent.trim())) found.push(`no label: ${input.outerHTML}`);
      for (const button of document.querySelectorAll("button"))
        if (!(button.getAttribute("aria-label") ?? button.textContent).trim())
          found.push(`no name: ${button.outerHTML}`);
      for (const each of document.querySelectorAll("[id]"))
        if (document.querySelectorAll(`#${CSS.escape(each.id)}`).length !== 1) found.push(`twice: ${each.id}`);
      for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "for"])
        for (const each of document.querySelectorAll(`[${name}]`))
          if (!document.getElementById(each.getAttribute(name))) found.push(`${name}: ${each.outerHTML}`);
      return found;
    });
    assert.deepEqual(faults, []);
  }
  await page.click("#tab-stages");
});

// Relative luminance and contrast: WCAG 2.2, success criterion 1.4.3.
const contrasts = (made) =>
  made.evaluate(() => {
    const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
    const luminance = (colour) =>
      numbers(colour)
        .slice(0, 3)
        .map((c) => (c / 255 <= 0.04045 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const back = (each) => {
      for (let at = each; at; at = at.parentElement)
        if (numbers(getComputedStyle(at).backgroundColor)[3] !== 0) return getComputedStyle(at).backgroundColor;
      return "rgb(255, 255, 255)";
    };
    return [...document.querySelectorAll("body *")]
      .filter((each) => each.checkVisibility() && each.textContent.trim() && !each.querySelector("*"))
      .map((each) => {
        const [a, b] = [luminance(getComputedStyle(each).color), luminance(back(each))].sort((x, y) => y - x);
        return { ratio: (a + 0.05) / (b + 0.05), text: each.textContent.slice(0, 30) };
      });
  });

test("phone to wide, light and dark: nothing is wider than the window, and every text has contrast", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 820, 1600]) {
      const made = await opened({ viewport: { width, height: 900 }, colorScheme });
      await made.click("#example");
      for (const tab of ["stages", "code", "explain", "read"]) {
        await made.click(`#tab-${tab}`);
        assert.ok(await made.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} ${tab}`);
        const low = (await contrasts(made)).filter(({ ratio }) => ratio < 4.5);
        assert.deepEqual(low, [], `${colorScheme} ${width} ${tab}`);
      }
      await made.close();
    }
  }
});

test("the secret is in no stage and no code, and leaving the page erases it", async () => {
  const made = await opened();
  await made.fill("#key-id", "testid");
  await made.fill("#secret", SECRET);
  await made.fill("#token", "canaryToken");
  await made.fill('[data-name="CasterId"]', STUDIO);
  const absent = async (what) => {
    const whole = await made.evaluate(() => document.documentElement.outerHTML + location.href);
    for (const text of [SECRET, "canaryToken"]) assert.ok(!whole.includes(text), `${what}: ${text}`);
  };
  for (const scheme of ["acs3", "rpc_v1"]) {
    await made.check(`input[name=scheme][value=${scheme}]`);
    for (const tab of ["explain", "read", "code", "stages"]) {
      await made.click(`#tab-${tab}`);
      await absent(tab);
      for (const language of tab === "code" ? ["cpp", "python", "javascript", "curl"] : []) {
        await made.check(`input[name=language][value=${language}]`);
        await absent(language);
      }
    }
  }
  const signature = await made.textContent("#stage-signature");
  assert.match(signature, /^[0-9A-Za-z+/]{27}=$/);
  const stored = () => [localStorage.length, sessionStorage.length, document.cookie];
  assert.deepEqual(await made.evaluate(stored), [0, 0, ""]);
  await made.click("#tab-code"); // the stages are hidden and still there
  await made.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide")));
  const values = (ids) => ids.map((id) => document.getElementById(id).value);
  assert.deepEqual(await made.evaluate(values, ["secret", "token", "key-id"]), ["", "", ""]);
  const left = await made.evaluate(() => document.documentElement.outerHTML);
  for (const text of [signature, encodeURIComponent(signature), "AccessKeyId=testid"])
    assert.ok(!left.includes(text), text);
  await made.close();
});

test("a faulty form says what is wrong and marks the field", async () => {
  const made = await opened();
  assert.match(await made.textContent("#status"), /missing or empty/);
  await made.fill("#key-id", "testid");
  await made.fill('[data-name="CasterId"]', " 1");
  assert.match(await made.textContent("#status"), /^CasterId: /);
  assert.equal(await made.getAttribute('[data-name="CasterId"]', "aria-invalid"), "true");
  await made.fill('[data-name="CasterId"]', STUDIO);
  assert.equal(await made.textContent("#status"), "");
  await made.selectOption("#operation", "AddCasterLayout");
  await made.fill('[data-name="CasterId"]', STUDIO);
  assert.match(await made.textContent("#status"), /^AudioLayer: at least one element/);
  await made.selectOption("#operation", "DescribeCasters");
  await made.fill('[data-name="PageNum"]', "two");
  assert.match(await made.textContent("#status"), /^PageNum: a number/);
  await made.fill('[data-name="PageNum"]', "2");
  await made.fill("#time", "yesterday");
  assert.match(await made.textContent("#status"), /^Timestamp: /);
  await made.fill("#time", "2026-11-28T09:00:00Z");
  await made.fill("#endpoint", "live");
  assert.match(await made.textContent("#status"), /^host: /);
  await made.close();
});

// ---- programs

const key = { ALIBABA_CLOUD_ACCESS_KEY_ID: "testid", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret" };

async function gateway() {
  const child = spawn(
    process.env.PYTHON ?? "python3",
    ["-B", path.join(root, "tests/standin/gateway.py"), "--rate", "0", "--studio", `${STUDIO}=streaming`],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { endpoint: (await lines.next()).value, stop: () => child.kill() };
}

function run(program, ...words) {
  try {
    return execFileSync(program, words, {
      env: { PATH: process.env.PATH, ...key },
      encoding: "utf8",
      timeout: 60000,
      cwd: folder,
    });
  } catch (failed) {
    return `${failed.stdout}${failed.stderr}`;
  }
}

test("the programs are answered by the stand-in gateway with a success", { timeout: 300000 }, async () => {
  const { endpoint, stop } = await gateway();
  try {
    for (const scheme of ["rpc_v1", "acs3"]) {
      for (const placement of ["post_form", "get", "post_query"]) {
        await fill({
          form: {
            ...cases.operations[0].form,
            scheme,
            placement,
            endpoint,
            action: "RestartCaster",
            token: "",
            format: "JSON",
          },
          parameters: { CasterId: STUDIO },
          typed: true,
        });
        await page.click("#renew");
        await page.click("#tab-code");
        for (const [language, name, program] of [
          ["python", "call.py", "python3"],
          ["javascript", "call.mjs", "node"],
          ["curl", "call.sh", "sh"],
        ]) {
          await page.check(`input[name=language][value=${language}]`);
          writeFileSync(path.join(folder, name), await text(`#code-${language}`));
          const answer = run(program, name);
          assert.match(answer, /"RequestId"/, `${scheme} ${placement} ${language}: ${answer}`);
          assert.doesNotMatch(answer, /"Code"/, `${scheme} ${placement} ${language}: ${answer}`);
        }
        await page.click("#tab-stages");
      }
    }
  } finally {
    stop();
  }
});

test("the C++ programs of operations with lists, numbers and odd texts compile", { timeout: 600000 }, async () => {
  const parts = [];
  for (const [action, scheme] of [
    ["SetCasterConfig", "rpc_v1"],
    ["AddCasterLayout", "acs3"],
    ["CreateCaster", "rpc_v1"],
    ["DescribeAnything", "acs3"],
  ]) {
    const one =
      cases.operations.find(({ form }) => form.action === action && form.scheme === "rpc_v1") ?? cases.operations[0];
    await fill({
      ...one,
      typed: action !== "DescribeAnything",
      form: { ...one.form, action, scheme },
      parameters: action === "DescribeAnything" ? { Odd: 'a "b" \\ ??/ caf\u00e9' } : one.parameters,
    });
    await page.click("#tab-code");
    await page.check("input[name=language][value=cpp]");
    parts.push(await text("#code-cpp"));
    await page.click("#tab-stages");
  }
  // One file, so that the headers are read once.
  const heads = parts[0].slice(0, parts[0].indexOf("int main"));
  const mains = parts.map((each, i) => each.slice(each.indexOf("int main")).replace("int main()", `int main_${i}()`));
  writeFileSync(path.join(folder, "calls.cpp"), `${heads}${mains.join("\n")}int main() {}\n`);
  const said = run(
    process.env.CXX ?? "g++",
    "-std=c++20",
    "-fsyntax-only",
    "-Wall",
    "-Wextra",
    "-Wno-missing-declarations",
    `-I${root}/single_include`,
    `-I${root}/examples/transports`,
    "calls.cpp",
  );
  assert.equal(said, "");
});

// ---- at the end, for all that was opened above

test("nothing but the file was requested, and the policy forbids everything else", async () => {
  assert.deepEqual([...new Set(requests.map((each) => each.split("#")[0]))], [url]);
  assert.deepEqual(complaints, []);
  const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
  assert.match(
    policy,
    new RegExp(
      "^default-src 'none'; script-src 'sha256-[^']+' 'wasm-unsafe-eval'; style-src 'sha256-[^']+'; " +
        "base-uri 'none'; form-action 'none'$",
    ),
  );
  const blocked = await page.evaluate(async () => {
    const fetched = await fetch("data:,x").then(
      () => "fetched",
      () => "blocked",
    );
    const image = await new Promise((resolve) => {
      const made = new Image();
      made.onload = () => resolve("loaded");
      made.onerror = () => resolve("blocked");
      made.src = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==";
    });
    window.evaluated = false;
    const script = document.createElement("script");
    script.textContent = "window.evaluated = true";
    document.head.append(script);
    return [fetched, image, window.evaluated];
  });
  assert.deepEqual(blocked, ["blocked", "blocked", false]);
});

test("the file is below 600 KB", () => {
  assert.ok(statSync(file).size < 600000);
});
