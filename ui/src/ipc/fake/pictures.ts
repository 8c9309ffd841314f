import { inventThumbnail } from './measure';

/** Pictures of one strip, as the engine makes them. */
const PICTURES = 16;
const [WIDTH, HEIGHT] = [128, 72];

/** Made-up pictures of materials. */
export class FakePictures {
  thumbnail = async (material: number) => inventThumbnail(material);
  picture = async (material: number, at: number) => inventThumbnail(material * 1000 + Math.floor(at / 4_000_000));
  frameTimes = async () => new ArrayBuffer(0);
  playEarly = async () => null;
  refusePlayback = async () => false;

  async strip(material: number, hop: number, index: number): Promise<ArrayBuffer> {
    if (typeof OffscreenCanvas === 'undefined') return new ArrayBuffer(0);
    const sheet = new OffscreenCanvas(WIDTH * PICTURES, HEIGHT);
    const context = sheet.getContext('2d');
    for (let place = 0; place < PICTURES; place++) {
      const bytes = await this.picture(material, (index * PICTURES + place) * hop);
      const bitmap = await createImageBitmap(new Blob([bytes]));
      context?.drawImage(bitmap, place * WIDTH, 0, WIDTH, HEIGHT);
    }
    return (await sheet.convertToBlob({ type: 'image/jpeg' })).arrayBuffer();
  }
}
