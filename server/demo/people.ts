/** Invented people and firms: documents have valid digits, addresses end in `.example`, numbers lie in an unused range. */
export interface DemoOrganization {
  name: string
  document: string
  notes?: string
}

export interface DemoCustomer {
  name: string
  email?: string
  phone?: string
  /** A second number or address. */
  phones?: string[]
  document?: string
  organization?: string
  vip?: boolean
  notes?: string
}

export const organizations: Record<string, DemoOrganization> = {
  horizonte: {
    name: 'Colégio Horizonte Azul',
    document: '90.001.100/0001-25',
    notes: 'Contrato de locação de 4 multifuncionais. Provas são impressas na última semana do bimestre.',
  },
  serena: {
    name: 'Clínica Vida Serena',
    document: '90.002.200/0001-76',
    notes: 'Atende das 7h às 19h. Visita técnica só antes das 8h ou depois das 18h30.',
  },
  pedra: {
    name: 'Construtora Pedra Grande',
    document: '90.003.300/0001-17',
    notes: 'Fatura única no dia 25.',
  },
  prates: { name: 'Lima & Prates Contabilidade', document: '90.004.400/0001-68' },
  camara: {
    name: 'Câmara Municipal de Serra Clara',
    document: '90.005.500/0001-09',
    notes: 'Compra por empenho: a nota só pode ser emitida depois de receber o número.',
  },
  farmacia: { name: 'Farmácia Boa Jornada', document: '90.006.600/0001-50' },
  advocacia: { name: 'Freitas Rocha Advocacia', document: '90.007.700/0001-09' },
  pousada: { name: 'Pousada Vale do Sereno', document: '90.008.800/0001-41' },
  oficina: { name: 'Auto Mecânica Dois Irmãos', document: '90.009.900/0001-92' },
  ong: { name: 'Instituto Mãos que Leem', document: '90.010.100/0001-91' },
  padaria: { name: 'Padaria Pão da Serra', document: '90.011.110/0001-41' },
}

export const customers: Record<string, DemoCustomer> = {
  marcia: {
    name: 'Márcia Teixeira',
    email: 'secretaria@horizonteazul.example',
    phone: '+55 31 3555-0110',
    organization: 'horizonte',
    vip: true,
    notes: 'Secretária. Prefere telefone; de manhã está na portaria até as 7h30.',
  },
  renato: {
    name: 'Renato Falcão',
    email: 'ti@horizonteazul.example',
    phone: '+55 31 95555-0111',
    organization: 'horizonte',
    vip: true,
    notes: 'Cuida da informática do colégio. Entende do assunto, pode receber instruções técnicas.',
  },
  patricia: {
    name: 'Patrícia Andrade',
    email: 'recepcao@vidaserena.example',
    phone: '+55 31 3555-0120',
    phones: ['+55 31 95555-0121'],
    organization: 'serena',
    vip: true,
  },
  helio: {
    name: 'Hélio Brandão',
    email: 'helio.brandao@vidaserena.example',
    phone: '+55 31 95555-0122',
    organization: 'serena',
    vip: true,
    notes: 'Sócio da clínica. Autoriza compras acima de R$ 2.000.',
  },
  cleusa: {
    name: 'Cleusa Aparecida Pinto',
    email: 'compras@pedragrande.example',
    phone: '+55 31 3555-0130',
    organization: 'pedra',
    vip: true,
  },
  vinicius: {
    name: 'Vinícius Camargo',
    email: 'vinicius@pedragrande.example',
    phone: '+55 31 95555-0131',
    organization: 'pedra',
    vip: true,
    notes: 'Engenheiro. Quase sempre na obra, sem sinal até as 17h.',
  },
  sonia: {
    name: 'Sônia Prates',
    email: 'sonia@limaprates.example',
    phone: '+55 31 3555-0140',
    organization: 'prates',
  },
  jonas: {
    name: 'Jonas Lima',
    email: 'jonas@limaprates.example',
    phone: '+55 31 95555-0141',
    organization: 'prates',
  },
  marlene: {
    name: 'Marlene Quintão',
    email: 'almoxarifado@serraclara.example',
    phone: '+55 31 3555-0150',
    organization: 'camara',
  },
  lucas: {
    name: 'Lucas Peixoto',
    email: 'lucas@boajornada.example',
    phone: '+55 31 95555-0160',
    organization: 'farmacia',
  },
  beatriz: {
    name: 'Beatriz Freitas Rocha',
    email: 'beatriz@freitasrocha.example',
    phone: '+55 31 95555-0170',
    organization: 'advocacia',
  },
  nilza: {
    name: 'Nilza Carneiro',
    email: 'contato@freitasrocha.example',
    phone: '+55 31 3555-0171',
    organization: 'advocacia',
  },
  otavio: {
    name: 'Otávio Guimarães',
    email: 'reservas@valedosereno.example',
    phone: '+55 31 3555-0180',
    organization: 'pousada',
  },
  gerson: {
    name: 'Gérson Duarte',
    phone: '+55 31 95555-0190',
    organization: 'oficina',
    notes: 'Só telefone. Oficina barulhenta: ligar antes das 9h.',
  },
  irene: {
    name: 'Irene Valadares',
    email: 'irene@maosqueleem.example',
    phone: '+55 31 95555-0200',
    organization: 'ong',
  },
  josue: { name: 'Josué Antônio da Silva', phone: '+55 31 3555-0210', organization: 'padaria' },
  dalva: {
    name: 'Dalva Monteiro',
    email: 'prof.dalva@correio.example',
    phone: '+55 31 95555-0301',
    document: '000.101.201-06',
  },
  joaopedro: { name: 'João Pedro Siqueira', email: 'jpsiqueira@correio.example', phone: '+55 31 95555-0302' },
  larissa: {
    name: 'Larissa Vasconcelos',
    email: 'oi@larissadesenha.example',
    phone: '+55 31 95555-0303',
    document: '000.103.203-85',
    notes: 'Ilustradora. Compra papel de gramatura alta todo mês.',
  },
  anselmo: {
    name: 'Anselmo Pacheco',
    phone: '+55 31 3555-0304',
    document: '000.104.204-10',
    notes: 'Aposentado, tem dificuldade de ouvir: falar devagar.',
  },
  rosa: { name: 'Rosa Maria Esteves', phone: '+55 31 95555-0305' },
  igor: {
    name: 'Igor Sampaio Leal',
    email: 'igor@lealfotos.example',
    phone: '+55 31 95555-0306',
    document: '000.106.206-99',
  },
  wellington: { name: 'Wellington Barros', email: 'wbarros@correio.example', phone: '+55 31 95555-0307' },
  cristina: {
    name: 'Cristina Moura',
    email: 'cris.moura@correio.example',
    phone: '+55 31 95555-0308',
    document: '000.108.208-68',
  },
  tatiane: { name: 'Tatiane Rezende', email: 'tati.rezende@correio.example', phone: '+55 31 95555-0309' },
  mauricio: {
    name: 'Maurício Galvão',
    email: 'galvao.m@correio.example',
    phone: '+55 31 95555-0310',
    document: '000.110.210-98',
  },
  aline: { name: 'Aline Figueiredo', email: 'aline.fig@correio.example', phone: '+55 31 95555-0311' },
  edson: { name: 'Edson Nascimento', phone: '+55 31 95555-0312' },
  yara: {
    name: 'Yara Queiroz',
    email: 'yara@ateliequeiroz.example',
    phone: '+55 31 95555-0313',
    document: '000.113.213-00',
  },
  claudio: { name: 'Cláudio Brito', email: 'claudio.brito@correio.example', phone: '+55 31 95555-0314' },
}
