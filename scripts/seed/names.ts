import type { Random } from './random.ts';
import type { Sex } from './types.ts';

/** Given and family names of a people; the pools are mixed freely, so a match with a living person is chance. */
interface People {
  women: string;
  men: string;
  /** Absent where people carry no family name: a name from behind the slash stands second. */
  families?: string;
}

const christian = {
  women:
    'Maria Yuliana Martina Agustina Yohana Kristina Theresia Paulina Veronika Elisabet Rosalina Fransiska Magdalena Katarina Yosefina Natalia Monika Bernadeta Margaretha Regina',
  men: 'Yohanes Yosep Markus Lukas Paulus Petrus Stefanus Donatus Fransiskus Kornelis Mikael Albertus Bonifasius Gerardus Kosmas Leonardus Simon Thomas Viktor Yakobus'
};

const PEOPLES = {
  papua: {
    ...christian,
    families:
      'Kaize Gebze Mahuze Ndiken Balagaize Wambon Kimko Omba Bakasu Amandiri Yamtop Bewer Jicem Kamaka Atakam Biakai Warmam Owem Samkakai Basik-basik'
  },
  pegunungan: { ...christian, families: 'Wenda Kogoya Tabuni Yikwa Hubi Asso Wetipo Matuan' },
  kei: { ...christian, families: 'Rahayaan Rettob Renyaan Ohoiwutun Kelanit Fofid Letsoin Ngamelubun' },
  toraja: {
    women: 'Yuliana Damaris Elis Herlina Ribka Yospina Marlina Selfi',
    men: 'Yunus Daud Samuel Agustinus Marthen Natan Yusuf Elia',
    families: 'Pasapan Rantetana Sampe Tandiayuk Palayukan Bunga Sarira Lembang'
  },
  flores: { ...christian, families: 'Kedang Lamawuran Tukan Bataona Wanggar Nggadas Jehadut Mbuik' },
  manado: {
    women: 'Meiske Olvi Stela Jeane Vonny Greis',
    men: 'Jefri Hendrik Novri Ferry Rommy Denny',
    families: 'Wowor Mandagi Tumbel Rorong Lumowa Sondakh'
  },
  jawa: {
    women:
      'Sri Endang Siti Dwi Retno Wulan Puji Indah Nur Tri Yuni / Lestari Wahyuni Rahayu Hartati Astuti Kurniasih Handayani Setyowati Ningsih',
    men: 'Agus Bambang Slamet Joko Eko Heru Sugeng Wahyu Arif Teguh / Setiawan Prasetyo Hidayat Santoso Nugroho Purnomo Utomo Wijayanto'
  },
  bugis: {
    women: 'Hasnah Rosmini Nurhaeda Suriani Jumriani Masita Kartini / Darmawati Hasmawati Syamsiah Nurdin',
    men: 'Muhtar Baharuddin Sudirman Mustakim Syamsul / Kamaruddin Jamaluddin Hamzah Rusli'
  },
  melayu: {
    women:
      'Nurhayati Siti Salmah Maryam Zaleha Fatimah Rosnani Halimah Nurlela Yusnita Mardiana Juliana Syarifah / Zuraida Rohani Azizah Suryani Hasanah Zahara Rabiah Aini Safitri',
    men: 'Zulkifli Syahrial Azhar Herman Jamaludin Rusdi Zainal Mazlan Ridwan Saparudin Junaidi Hasbullah Yahya / Amrizal Effendi Hamdan Kasim Arfan Tarmizi Bakri Usman'
  },
  minang: {
    women: 'Yulia Fitri Desi Novita Rahmi Elvira Gusnita Mela Yeni Rina',
    men: 'Afrizal Yusrizal Hendri Rahmat Doni Syafril Ilham Nofrizal Fauzan Zulfahmi',
    families: 'Chaniago Piliang Koto Tanjung Sikumbang Jambak Malayu Guci'
  },
  batak: {
    women: 'Rotua Hotmaida Lasma Tiurma Riris Junita Duma Melda',
    men: 'Parlindungan Sahat Tigor Hotman Jonggi Binsar Marolop Saut',
    families: 'Sihombing Simanjuntak Lumbantobing Panjaitan Sinaga Manurung Situmeang Hutajulu'
  },
  sunda: {
    women: 'Neneng Euis Iis Tuti Ratna Imas / Yanti Nurjanah Komala Suminar',
    men: 'Asep Dadang Cecep Ujang Iwan Tatang / Hermawan Sutisna Gunawan Ruhiyat'
  },
  tionghoa: {
    women: 'Meilani Lanny Susiana Yenny',
    men: 'Hendra Wijaya Sutanto Kurniawan',
    families: 'Halim Tanoto Wibawa Salim'
  },
  bali: { women: 'Ni-Luh Ni-Made Ni-Wayan', men: 'I-Made I-Wayan I-Ketut', families: 'Suardana Arini Wirawan Sukerti' },
  dayak: {
    women: 'Susana Lidia Mariana Tini',
    men: 'Agau Dehen Jimmy Rudi',
    families: 'Lambung Tingang Sangkai Bahen'
  },
  banjar: { women: 'Norhasanah Mahmudah / Rusmini Hafsah', men: 'Syahrani Ardiansyah / Fathurrahman Rahmadi' }
} satisfies Record<string, People>;

type PeopleName = keyof typeof PEOPLES;

/** Who lives and works where: one entry for each share. */
const SHARES: Record<string, PeopleName[]> = {
  asmat: [
    ...Array<PeopleName>(9).fill('papua'),
    'pegunungan',
    ...Array<PeopleName>(3).fill('kei'),
    ...Array<PeopleName>(2).fill('toraja'),
    ...Array<PeopleName>(2).fill('flores'),
    ...Array<PeopleName>(2).fill('jawa'),
    'manado',
    'bugis',
    'batak'
  ],
  natuna: [
    ...Array<PeopleName>(10).fill('melayu'),
    ...Array<PeopleName>(3).fill('jawa'),
    ...Array<PeopleName>(2).fill('minang'),
    ...Array<PeopleName>(2).fill('bugis'),
    'batak',
    'sunda',
    'tionghoa',
    'flores',
    'banjar'
  ],
  pengelola: ['jawa', 'sunda', 'minang', 'batak', 'bali', 'dayak', 'melayu', 'manado']
};

const words = (list: string) => list.split(' ').map((word) => word.replace(/^(Ni|I)-/, '$1 '));

/** A name without titles and the part by which colleagues call her. */
export function drawName(random: Random, agency: string, sex: Sex): { name: string; given: string } {
  const people: People = PEOPLES[random.pick<PeopleName>(SHARES[agency] ?? ['jawa'])];
  const [first = '', second = ''] = (sex === 'perempuan' ? people.women : people.men).split(' / ');
  const given = random.pick(words(first));
  const last = random.pick(words(people.families ?? second));
  const middle = random.pick(
    words(first)
      .filter((word) => word !== given && !word.includes(' '))
      .concat(last)
  );
  return {
    name: people.families && random.chance(0.3) && middle !== last ? `${given} ${middle} ${last}` : `${given} ${last}`,
    given
  };
}
