import { uuidv7 } from '../src/lib/domain/ids.ts';
import { seeded } from './link/random.ts';

const WORDS =
  'hari ini kami mulai dengan anak anak yang datang lebih awal walau hujan turun sejak subuh di pelabuhan kapal perintis terlambat sehingga vaksin baru tiba sore nanti mohon rekan di puskesmas menyiapkan kotak dingin dan daftar sasaran untuk posyandu besok pagi terima kasih atas kerja sama semua yang membantu memindahkan buku ke ruang kelas baru laporan kinerja triwulan sudah dapat diisi dari perangkat masing masing tanpa menunggu sinyal'.split(
    ' '
  );

const HOUR = 3_600_000;

/** A generated post of about 600 bytes as the courier delivers it; the same seed gives the same posts. */
export function benchPosts(count: number, channel: string, seed = 1, until = Date.now()): Record<string, unknown>[] {
  const random = seeded(seed);
  const bytes = () => Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256));
  const people = Array.from({ length: 40 }, (_, index) => ({
    id: uuidv7(index, bytes()),
    name: `Pegawai ${index + 1}, S.Pd.`,
    position: 'Guru Ahli Pertama',
    unit: `SD Inpres ${index % 9}`
  }));
  return Array.from({ length: count }, (_, index) => {
    const time = until - Math.floor(((count - index) / count) * 27 * 24 * HOUR);
    const at = new Date(time).toISOString();
    const text = Array.from(
      { length: 30 + Math.floor(random() * 30) },
      () => WORDS[Math.floor(random() * WORDS.length)]
    ).join(' ');
    return {
      _id: `post:${uuidv7(time, bytes())}`,
      type: 'post',
      schema: 1,
      createdAt: at,
      zone: 'Asia/Jayapura',
      receivedAt: at,
      by: people[Math.floor(random() * people.length)],
      channel,
      topic: 'cerita',
      text
    };
  });
}

/** A generated course as the catalogue holds it, with a file by content for each chapter. */
export function benchCourses(count: number, seed = 2): Record<string, unknown>[] {
  const random = seeded(seed);
  const bytes = () => Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256));
  const words = (length: number) => Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
  const hash = () => Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('');
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(2026, 0, 1) + index * HOUR).toISOString();
    const chapters = Array.from({ length: 3 }, () => ({
      id: hash().slice(0, 8),
      title: words(4),
      form: 'text',
      file: { sha256: hash(), size: 4_000 + Math.floor(random() * 9_000), type: 'application/json' },
      images: []
    }));
    return {
      _id: `course:${uuidv7(Date.parse(at), bytes())}`,
      type: 'course',
      schema: 2,
      createdAt: at,
      zone: 'Asia/Jakarta',
      publishedAt: at,
      title: words(6),
      summary: words(40),
      publisher: 'Pusdiklat Kepegawaian',
      language: 'id',
      direction: 'ltr',
      kind: 'course',
      topics: ['pelayanan'],
      learningHours: 1 + Math.floor(random() * 8),
      chapters,
      size: chapters.reduce((sum, { file }) => sum + file.size, 0)
    };
  });
}
