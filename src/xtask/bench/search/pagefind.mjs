// Asks the Pagefind of a folder: node pagefind.mjs FOLDER QUERY…; prints for each query the numbers of the pages found.
// It is made for browsers, so the only thing it misses here is a fetch that reads files.
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const [folder, ...queries] = process.argv.slice(2);
globalThis.fetch = async (address) => new Response(await readFile(fileURLToPath(String(address).split("?")[0])));

const base = pathToFileURL(`${folder}/pagefind/`);
const pagefind = await import(new URL("pagefind.js", base));
await pagefind.options({ basePath: base.href, baseUrl: "/" });
await pagefind.init("ja");

const numbers = new Map();
const numberOf = async (result) => {
  if (!numbers.has(result.id)) numbers.set(result.id, (await result.data()).url.match(/(\d+)\.html$/)[1]);
  return numbers.get(result.id);
};
for (const query of queries) {
  const { results } = await pagefind.search(query);
  console.log((await Promise.all(results.map(numberOf))).join(" "));
}
