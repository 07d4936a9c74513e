// The one script of the page, from its entry, without names of files or a map to them.
import { dirname } from 'node:path';

export async function bundleScript(packages, entry) {
  const { build } = packages('esbuild');
  const made = await build({
    entryPoints: [entry],
    absWorkingDir: dirname(entry),
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    // Nothing of npm goes into the script: an import of a package is a mistake.
    packages: 'external',
  }).catch((error) => {
    throw new Error(error.errors?.map((one) => `${one.location?.file}:${one.location?.line} ${one.text}`).join('\n') ?? error.message);
  });
  return made.outputFiles[0].text.trim();
}
