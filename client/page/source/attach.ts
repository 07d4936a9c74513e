// Photos are decoded and drawn anew on the device, to about 200 kB: place, time, type of phone and
// everything else that was hidden in the file stays behind. What cannot be decoded is refused.

export const photoTarget = 200 * 1024; // bytes
export const photosMost = 4;
const longestSide = 1600; // pixels to begin with
const qualities = [0.85, 0.7, 0.55, 0.4];
const accepted = ['image/jpeg', 'image/png', 'image/webp'];

export type Refusal = 'refused' | 'unreadable';

export async function reencode(file: File): Promise<Uint8Array | Refusal> {
  if (!accepted.includes(file.type)) return 'refused';
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return 'unreadable';
  }
  try {
    return (await smallest(picture)) ?? 'unreadable';
  } finally {
    picture.close();
  }
}

// The first that fits, from good and large to poor and small.
async function smallest(picture: ImageBitmap): Promise<Uint8Array | null> {
  let side = longestSide;
  for (let round = 0; round < 5; round += 1) {
    for (const quality of qualities) {
      const made = await jpeg(picture, side, quality);
      if (made && made.size <= photoTarget) return new Uint8Array(await made.arrayBuffer());
    }
    side = Math.round(side * 0.7);
  }
  return null;
}

function jpeg(picture: ImageBitmap, side: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) return Promise.resolve(null);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

export const kilobytes = (bytes: number): number => Math.max(1, Math.round(bytes / 1024));
