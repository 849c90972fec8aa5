/**
 * What people in Indonesia choose first, beside the list of `@zxcvbn-ts/language-common`, which knows English ones.
 * Letters and digits alone; what is put before and behind them, doubled or written with digits is found as well.
 */
const INDONESIAN =
  'rahasia rahasiaku rahasiabanget rahasianegara katasandi katasandiku katasandibaru passwordku sandi sandiku lupasandi ' +
  'lupapassword gantipassword gantisandi adminadmin pegawai pegawaiku pegawainegeri pegawainegerisipil pnsindonesia ' +
  'aparatursipilnegara asnindonesia asnberakhlak berakhlak banggamelayanibangsa pppkguru guruku ibuguru bapakguru ' +
  'kepegawaian kepaladinas dinaspendidikan dinaskesehatan pemerintah pemda pemkab pemkot kabupaten kecamatan kelurahan ' +
  'puskesmas rumahsakit sekolahdasar kementerian kementeriankesehatan kementerianagama kemendikbud republikindonesia ' +
  'indonesia indonesiaku indonesiaraya indonesiamerdeka indonesiajaya indonesiamaju indonesiaemas merdeka merdekaatau ' +
  'merdekaataumati dirgahayuindonesia hutri pancasila garuda garudapancasila bhinneka bhinnekatunggalika nkri ' +
  'nkrihargamati cintaindonesia akucintaindonesia tanahair tanahairku merahputih proklamasi jakarta bandung surabaya ' +
  'semarang yogyakarta jogjakarta medan makassar palembang denpasar papua jayapura merauke aceh nusantara ibukota ' +
  'bismillah bismillahku bismilah bismillahirrahmanirrahim bismillahsukses bismillahbisa alhamdulillah ' +
  'alhamdulillahirabbilalamin subhanallah masyaallah insyaallah allahuakbar allahmahabesar lailahaillallah ' +
  'assalamualaikum muhammad muhammadsaw ramadhan tuhanyesus yesuskristus tuhanyesusbaik tuhanberkati halleluya ' +
  'sayang sayangku sayangkamu sayangmama sayangibu akusayangkamu akusayangmama akucintakamu akucintapadamu cintaku ' +
  'cintaibu cintamama cintasejati kamucantik cantik ganteng gantengbanget mamapapa papamama mamaku papaku ibuku ' +
  'ayahibu ibubapak anakku anaksholeh anaksoleh istriku suamiku keluarga keluargaku keluargabahagia keluargacemara ' +
  'bahagia bahagiaselalu selamanya semangat semangatpagi semangatbaru sukses suksesselalu sehatselalu sabar ikhlas ' +
  'jangandibuka jangandilupakan janganlupa bukapintu terserah terserahaku entahlah gaktau tidaktahu lupalagi ' +
  'lupalagilupalagi bebas bebasaja apasaja apaaja apaya siapasaya siapaaku akuadalahaku nasigoreng bakso ayamgoreng ' +
  'kopihitam persija persib persebaya persibbandung persipura arema bonek viking timnas sepakbola bulutangkis ' +
  'dangdut kucing kucingku harimau macan elang naga kupukupu bintang bulan matahari pelangi melati mawar anggrek ' +
  'satuduatiga satuduatigaempat satuduatigaempatlima abcdefg januari februari maret april agustus september oktober ' +
  'november desember senin selasa rabu kamis jumat sabtu minggu';

let known: Promise<ReadonlySet<string>> | undefined;

/** The common passwords; read when somebody first chooses one, since they are many. */
export const commonPasswords = (): Promise<ReadonlySet<string>> =>
  (known ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set([...INDONESIAN.split(' '), ...dictionary['passwords-common'].map(String)])
  ));
