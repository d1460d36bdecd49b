// The people of the demonstration, and how they come to sit where they do.

/** By a short name, which is also their address; `seatedBy` grants the membership. */
const seats = {
  secretariat: {
    side: 'secretariat:upr',
    role: 'head',
    seatedBy: 'admin',
    what: 'Secretariat of the reviews: schedules, opens, labels, files its own documents',
  },
  president: {
    side: 'body:hrc',
    role: 'president',
    seatedBy: 'secretariat',
    what: 'President of the Council: adopts reports and outcomes',
  },
  fiji: {
    side: 'state:FJI',
    role: 'head',
    seatedBy: 'secretariat',
    what: 'Head of a delegation, its review in preparation: can hand in what was drafted',
  },
  'fiji-drafter': {
    side: 'state:FJI',
    role: 'drafter',
    seatedBy: 'fiji',
    what: 'Drafter in the same delegation: prepares, and can hand in nothing',
  },
  estonia: {
    side: 'state:EST',
    role: 'head',
    seatedBy: 'secretariat',
    what: 'Head of a delegation, its review documented: sees what others recommend',
  },
  portugal: {
    side: 'state:PRT',
    role: 'head',
    seatedBy: 'secretariat',
    what: 'Head of a delegation in a troika: has signed a draft report off',
  },
  senegal: {
    side: 'state:SEN',
    role: 'head',
    seatedBy: 'secretariat',
    what: 'Head of a delegation in the same troika',
  },
  'costa-rica': {
    side: 'state:CRI',
    role: 'head',
    seatedBy: 'secretariat',
    what: 'Head of a delegation, its review adopted',
  },
  kenya: {
    side: 'state:KEN',
    role: 'head',
    seatedBy: 'secretariat',
    what: 'Head of a delegation that recommends: a draft and an invitation wait for it',
  },
  ngo: {
    side: 'organization',
    role: 'head',
    seatedBy: 'secretariat',
    what: 'A non-governmental organization, with a submission on its desk',
  },
};

const domain = 'demo.comity.example';

/** Accounts as they are signed in to, by short name. The passwords are no secret. */
export const accounts = Object.fromEntries(
  Object.entries(seats).map(([name, seat]) => [
    name,
    { ...seat, email: `${name}@${domain}`, password: `${name}-demo-password` },
  ]),
);

const organization = {
  name: 'Demonstration Network for Open Courts',
  acronym: 'DNOC',
  kind: 'ngo',
};

/** Whether somebody other than the demonstration has begun to use this house. */
export async function inUse(admin) {
  const { items } = await admin.get('/v1/accounts?limit=200');
  return items.some(({ email, administrator }) => !administrator && !email.endsWith(`@${domain}`));
}

/** Creates the accounts and seats each where it belongs; whoever is there already stays. */
export async function seatPeople(people) {
  for (const [name, { email, password, side, role, seatedBy }] of Object.entries(accounts)) {
    const { items } = await people.admin.get(`/v1/accounts?email=${email}`);
    const account = { email, name: `${name} (demonstration)`, password };
    if (items.length === 0) await people.admin.post('/v1/accounts', account);
    const seat = {
      email,
      side: side === 'organization' ? await enterOrganization(people) : side,
      role,
    };
    await seatOne(people[seatedBy], seat);
  }
}

async function seatOne(granter, seat) {
  const { items } = await granter.get(`/v1/memberships?side=${seat.side}&limit=200`);
  if (items.some(({ email }) => email === seat.email)) return;
  await granter.post('/v1/memberships', seat);
}

async function enterOrganization({ secretariat }) {
  const { items } = await secretariat.get('/v1/organizations?limit=200');
  const known = items.find(({ name }) => name === organization.name);
  const { side } = known ?? (await secretariat.post('/v1/organizations', organization));
  return side;
}
