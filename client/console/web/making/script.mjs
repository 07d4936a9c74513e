// The one script: the screens with Preact and uPlot, without names of files or a map to them.
import { dirname } from 'node:path';

export async function bundleScript(packages, entry, folder) {
  const { build } = packages('esbuild');
  const made = await build({
    entryPoints: [entry],
    absWorkingDir: dirname(entry),
    nodePaths: [folder],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  }).catch((error) => {
    throw new Error(error.errors?.map((one) => `${one.location?.file}:${one.location?.line} ${one.text}`).join('\n') ?? error.message);
  });
  return made.outputFiles[0].text.trim();
}
