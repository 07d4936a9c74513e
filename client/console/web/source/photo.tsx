// A photo that somebody enclosed: decoded elsewhere, in a program that is shut in, and blurred here until a person wants
// to see it. It is drawn on a canvas: no address of it exists, and nothing of it is kept.
import { useEffect, useRef, useState } from 'preact/hooks';

import { api, Problem } from './api.ts';
import { t } from './language.ts';
import { Action, Trouble } from './parts.tsx';

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

async function draw(canvas: HTMLCanvasElement, jpeg: string): Promise<void> {
  const picture = await createImageBitmap(new Blob([bytesOf(jpeg)], { type: 'image/jpeg' }));
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  picture.close();
}

export function Photo({ subject, position, number }: { subject: string; position: number; number: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [there, setThere] = useState(false);
  const [clear, setClear] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let wanted = true;
    const show = async () => {
      const { jpeg } = await api.photo(subject, position, number);
      if (!wanted || !canvas.current) return;
      await draw(canvas.current, jpeg);
      setThere(true);
    };
    show().catch((thrown: unknown) => wanted && setProblem(thrown instanceof Problem ? thrown : new Problem(-1, '')));
    return () => {
      wanted = false;
    };
  }, [subject, position, number]);
  if (problem) return <Trouble problem={problem} />;
  return (
    <figure class="photo">
      <div class={clear ? 'photo-frame' : 'photo-frame blurred'}>
        <canvas ref={canvas} role="img" aria-label={t(clear ? 'photo.clear' : 'photo.blurred', { number: number + 1 })} hidden={!there} />
      </div>
      {there ? <Action label={t(clear ? 'photo.blur' : 'photo.show')} onPress={() => setClear(!clear)} /> : <p class="hint" role="status">{t('loading')}</p>}
    </figure>
  );
}
