/** What the messages name. Some boats are called as things are called: only the sentence tells. */

export const BOATS = [
  ...['Amalia', 'Patience', 'Second Wind', 'Northern Light', 'Käthe', 'Störtebeker', 'Gull', 'Monday Morning'],
  ...['Old Friend', 'Blue Hour', 'Sjöfn', 'Étoile du Nord', 'Marlin II', 'Seven Sisters', 'Fair Isle', 'Kittiwake'],
  ...['Wanderlust', 'Lucky Penny', 'Hope', 'Dorothea', 'Ingeborg', 'Quiet Storm', 'Half Moon', 'Anna Lena', 'Pilot 3'],
  ...['St Brendan', 'Corncrake', 'Rosalind', 'Tern', 'Harbour Lights', 'Late Summer', 'Juno', 'Île de Bréhat', 'Bosun'],
] as const;

export const BERTHS = [
  ...['B 14', 'C 7', 'A-02', 'E 9', 'D 21', 'B 3', 'berth 12', 'berth 40', 'pontoon D', 'pontoon A, place 6'],
  ...['slip 4', 'E 17', 'C 11', 'pontoon F', 'berth 8', 'D 2', 'A-19', 'pontoon B, place 20'],
] as const;

/** After “at”. */
export const CLOCKS = [
  ...['14:30', '06:45', '0540', 'half past six', 'quarter to nine', '11 am', '22:10', 'noon', 'five to eight', '16:05'],
  ...['midnight', '3 pm', '0715', '19:20', 'ten past two'],
] as const;

/** After “on”. */
export const DAYS = [
  ...['Tuesday', 'Friday morning', 'Saturday night', 'the 3rd of May', 'Whit Monday', 'Thursday', 'the 21st'],
  ...['Sunday evening', 'Wednesday', '12 June', 'the last day of April'],
] as const;

/** Where “the” belongs to the name as it is spoken, it stands here; it is not marked. */
export const PLACES = [
  ...['the Old Mole', 'Fish Quay', 'the fuel pier', 'Gull Rock', 'Seal Sands', 'the north fairway', 'the lock'],
  ...['the crane', 'the swing bridge', 'Lantern Point', 'the slipway', 'the ice house', 'Customs Steps', 'buoy 7'],
  ...['the bathing beach', 'the sluice', 'the pump house', 'the inner basin', 'Tar Yard', 'the chandler’s'],
] as const;

/** People are not asked for. */
export const NAMES = [
  ...['M. Okafor', 'Lena', 'J. Petersen', 'Tomás', 'the Hansens', 'Priya', 'R. Doyle', 'Femke', 'Captain Aydın'],
  ...['Wei', 'Old Jansen', 'Inès', 'K. Lindqvist'],
] as const;
