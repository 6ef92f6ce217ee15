import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const worthIt = 512; // below, the header of an answer outweighs what is saved
const compressible = "**/*.{js,css,html,json,svg}";

/** Once at build time as hard as it goes, so that serving costs a file read. */
export async function precompress(folder: string): Promise<void> {
  for (const name of globSync(compressible, { cwd: folder })) {
    const file = join(folder, name);
    const content = readFileSync(file);
    if (content.length < worthIt) continue;
    writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
    writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, brotliFor(content.length)));
  }
}

function brotliFor(size: number) {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: size,
    },
  };
}
