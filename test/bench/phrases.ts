/** What people write to the desk, by matter. `{slots}` are filled by `text.ts`. */
export interface Matter {
  subjects: string[]
  openings: string[]
  details: string[]
  replies: string[]
  notes: string[]
}

const computers: Matter = {
  subjects: [
    '{produto} não liga depois da queda de energia',
    'Computador do {setor} muito lento',
    'Tela azul com o código {erro}',
    'Sistema trava ao abrir a planilha do {setor}',
    '{produto} desligando sozinho',
    'Teclado e mouse sem resposta no {setor}',
    'Instalação de programa no {produto}',
    'Senha do Windows expirada — {setor}',
  ],
  openings: [
    'Desde {dia} o {produto} do {setor} não liga mais, só pisca a luz da fonte.',
    'O computador do {setor} demora uns quinze minutos para abrir qualquer programa.',
    'Depois da atualização de {dia} aparece uma tela azul com o código {erro} e a máquina reinicia.',
    'A planilha de fechamento trava sempre que tentamos salvar na pasta compartilhada.',
    'O {produto} desliga sozinho no meio do atendimento e perdemos o que estava aberto.',
  ],
  details: [
    'Já trocamos a tomada e o cabo de força, sem sucesso.',
    'O número de série é {serie} e o equipamento ainda está na garantia.',
    'Temos fila de clientes esperando e este é o único caixa que funciona.',
    'Ontem às {hora} ficou parado por quase uma hora.',
    'O antivírus avisou de uma ameaça, mas ninguém clicou em nada.',
    'A ventoinha faz um barulho alto quando a gente abre o navegador.',
    'Tem documento importante gravado na área de trabalho, não pode formatar sem avisar.',
    'Se precisar de acesso remoto, {nome} fica na sala até as {hora}.',
  ],
  replies: [
    'Olá! Fizemos o acesso remoto e removemos os programas que iniciavam junto com o Windows. Pode testar, por favor?',
    'Bom dia! Pelo teste que fizemos, a fonte está queimada. Vamos levar uma nova {dia}, entre {hora} e o fim da tarde.',
    'Reinstalamos a atualização que falhou e o erro {erro} não voltou. Se aparecer de novo, mande uma foto da tela.',
    'A memória estava mal encaixada. Limpamos os contatos e deixamos a máquina em teste por duas horas sem travar.',
    'Precisamos recolher o equipamento para a bancada. Há um {produto} reserva que fica com vocês até a devolução.',
  ],
  notes: [
    'Série {serie}: garantia do fabricante confirmada, abrir chamado com eles se a troca da fonte não resolver.',
    'Segunda vez no mês com o mesmo sintoma. Vale propor a troca do disco por SSD.',
    '{nome} autorizou a formatação por telefone, com cópia dos arquivos antes.',
    'Levar pasta térmica e uma fonte de 500 W na visita.',
  ],
}

const printers: Matter = {
  subjects: [
    'Impressora do {setor} sai com listras',
    'Papel atola na bandeja 2 da {impressora}',
    '{impressora} aparece como offline',
    'Pedido de toner para a {impressora}',
    'Digitalização não chega no e-mail do {setor}',
    'Impressora imprime páginas em branco',
    'Contador da {impressora} para o faturamento',
    'Troca do kit de manutenção da {impressora}',
  ],
  openings: [
    'A {impressora} do {setor} está imprimindo com uma listra escura no meio da folha.',
    'O papel atola sempre na mesma posição, logo depois da bandeja dois.',
    'Desde que trocaram o roteador a impressora aparece offline em todos os computadores.',
    'O visor da {impressora} pede toner e o reserva acabou na semana passada.',
    'Quando mandamos digitalizar para o e-mail aparece erro de autenticação no servidor.',
  ],
  details: [
    'Já limpamos o vidro e trocamos o toner, mas continua igual.',
    'O contador marca {contador} páginas.',
    'O erro no visor é {erro}.',
    'São os boletins do bimestre e a entrega é {dia}.',
    'A etiqueta do contrato de locação traz o número {serie}.',
    'Imprimindo direto do pendrive funciona normalmente.',
    'Só as duas máquinas do {setor} conseguem imprimir.',
    'Por favor avisar {nome} antes da visita, a sala fica trancada.',
  ],
  replies: [
    'Olá! O cilindro chegou ao fim da vida útil. Já separamos um novo e o técnico passa aí {dia} às {hora}.',
    'Enviamos dois toners pelo entregador de {dia}. O código de acompanhamento é {pedido}.',
    'O roteador novo deu outro endereço à impressora. Fixamos o endereço e reinstalamos o driver nos computadores.',
    'Por favor, abra a tampa traseira e verifique se ficou um pedaço de papel preso no fusor. Na dúvida, não puxe com força.',
    'A senha do e-mail usado pela digitalização tinha expirado. Atualizamos e o teste para {nome} chegou certinho.',
  ],
  notes: [
    'Rolete de tração gasto, pedir a peça ao fornecedor. Prazo informado: três dias úteis.',
    'Franquia do mês já passou de {contador} páginas, conferir com o financeiro.',
    'Endereço IP reservado no roteador deles e anotado no cadastro.',
    'Deixei um toner de reserva com {nome}, descontar do estoque.',
  ],
}

const network: Matter = {
  subjects: [
    'Internet caindo no {setor}',
    'Wi-Fi não alcança a sala de {setor}',
    'Sem acesso à pasta compartilhada',
    'Câmeras fora do ar desde {dia}',
    'E-mail não envia anexos grandes',
    'Telefone IP mudo na recepção',
    'Lentidão na rede da filial de {cidade}',
    'Liberar acesso ao site da prefeitura',
  ],
  openings: [
    'A internet da filial de {cidade} cai várias vezes por dia e volta sozinha.',
    'O Wi-Fi não chega até o {setor}, os tablets ficam procurando rede.',
    'Ninguém do {setor} consegue abrir a pasta compartilhada, aparece que o caminho não existe.',
    'O telefone IP da recepção ficou mudo depois das {hora}.',
    'Ao enviar anexos acima de dez megas o e-mail volta com o erro {erro}.',
  ],
  details: [
    'O provedor diz que o sinal está normal do lado deles.',
    'Reiniciamos o roteador duas vezes hoje.',
    'No cabo funciona, o problema é só no sem fio.',
    'O cartão de crédito não passa quando a rede oscila e os clientes reclamam.',
    'Acontece principalmente por volta das {hora}.',
    'O quadro de rede fica no corredor e {nome} tem a chave.',
    'A luz laranja do switch fica piscando sem parar.',
  ],
  replies: [
    'Olá! Medimos a linha e havia perda de pacotes. Abrimos protocolo no provedor e acompanhamos até {dia}.',
    'Instalamos um ponto de acesso no corredor e o sinal no {setor} ficou bom. Pode confirmar com os tablets?',
    'O servidor de arquivos tinha reiniciado sem montar o disco. Já está no ar e acrescentamos um aviso automático.',
    'O cabo do switch estava com mau contato. Refizemos a ponta e etiquetamos as portas.',
    'Aumentamos o limite do anexo para vinte e cinco megas. Acima disso, usem o link da pasta compartilhada.',
  ],
  notes: [
    'Protocolo no provedor: {pedido}. Retornar se não ligarem até as {hora}.',
    'Switch com doze anos de uso, incluir na próxima proposta.',
    'Faixa de endereços da filial de {cidade} estava quase cheia, ampliei o DHCP.',
  ],
}

const orders: Matter = {
  subjects: [
    'Pedido {pedido} chegou incompleto',
    'Orçamento de material para o {setor}',
    'Prazo de entrega para {cidade}',
    'Troca de {material} com defeito',
    'Cancelar item do pedido {pedido}',
    'Cotação: {material}',
    'Entrega recusada na portaria',
    'Compra recorrente de {material}',
  ],
  openings: [
    'O pedido {pedido} chegou {dia}, mas faltaram duas caixas de {material}.',
    'Gostaria de um orçamento de {material} para o {setor}, com entrega em {cidade}.',
    'O entregador veio às {hora} e a portaria não recebeu porque faltava o nome do responsável.',
    'Recebemos {material} de outra marca e não serve para o nosso uso.',
    'Precisamos antecipar a entrega do pedido {pedido}, dá para mandar até {dia}?',
  ],
  details: [
    'A quantidade combinada foi de quarenta unidades.',
    'O valor aprovado pela diretoria foi de R$ {valor}.',
    'Pode faturar no mesmo CNPJ da última compra.',
    'As embalagens estavam abertas e molhadas.',
    'Quem assina o recebimento é {nome}, do {setor}.',
    'Se houver desconto para pagamento à vista, por favor informar.',
    'Enviei as fotos na outra mensagem.',
  ],
  replies: [
    'Olá! Pedimos desculpas pela falta. As caixas saem {dia} sem custo, com o código {pedido}.',
    'Segue a proposta: R$ {valor}, entrega em {cidade} em até cinco dias úteis, validade de dez dias.',
    'A coleta da troca está marcada para {dia}. Deixe os itens embalados na recepção, por favor.',
    'Conseguimos antecipar: o caminhão passa em {cidade} {dia}, a partir das {hora}.',
    'Item cancelado e o crédito de R$ {valor} fica disponível para a próxima compra.',
  ],
  notes: [
    'Separação conferida: o erro foi do depósito, a câmera mostra a caixa errada às {hora}.',
    'Cliente pede desconto de 8 %, posso chegar a 5 % sem aprovação.',
    'Fornecedor promete {material} para {dia}.',
    'Frete para {cidade} só às terças e quintas.',
  ],
}

const billing: Matter = {
  subjects: [
    'Segunda via do boleto vencido {dia}',
    'Nota fiscal com o endereço errado',
    'Cobrança em duplicidade de R$ {valor}',
    'Pagamento não identificado',
    'Carta de correção da nota {pedido}',
    'Desconto do contrato não aplicado',
    'Alterar o dia de vencimento',
    'Retenção de ISS na nota de serviço',
  ],
  openings: [
    'O boleto venceu {dia} e o banco não deixa mais pagar, preciso da segunda via.',
    'A nota {pedido} saiu com o endereço antigo e o nosso contador não aceita.',
    'Foram cobrados R$ {valor} duas vezes na fatura deste mês.',
    'Pagamos por Pix {dia} às {hora} e o sistema continua mostrando em aberto.',
    'O desconto combinado na renovação do contrato não apareceu na fatura.',
  ],
  details: [
    'O comprovante está em anexo.',
    'O valor correto é R$ {valor}.',
    'Nosso cadastro mudou para {cidade} em março.',
    'Precisamos resolver antes do fechamento de {dia}.',
    'O contador é {nome} e pode falar direto com vocês.',
    'Pedimos que não enviem para protesto até a conferência.',
    'A retenção do município é de 5 %.',
  ],
  replies: [
    'Olá! Segue a segunda via com vencimento em {dia}, sem multa. Qualquer dúvida é só responder.',
    'Emitimos a carta de correção da nota {pedido}. O arquivo está no portal da prefeitura.',
    'Confirmamos a duplicidade: o estorno de R$ {valor} cai em até dois dias úteis.',
    'Localizamos o Pix de R$ {valor}. Ele veio de outro CNPJ, por isso a baixa não foi automática.',
    'O desconto foi lançado na próxima fatura e vale até o fim do contrato.',
  ],
  notes: [
    'Baixa manual feita às {hora}, conciliar com o extrato de {dia}.',
    'Avisar a contabilidade: nota substituída.',
    'Juros perdoados com o aval de {nome}.',
    'Terceiro pedido de segunda via no trimestre, sugerir débito automático.',
  ],
}

/** One matter per team of the bench's office, in the teams' order. */
export const matters: readonly { team: string; matter: Matter }[] = [
  { team: 'Computadores', matter: computers },
  { team: 'Impressoras', matter: printers },
  { team: 'Redes', matter: network },
  { team: 'Pedidos', matter: orders },
  { team: 'Financeiro', matter: billing },
]

/** The word that exactly one ticket in a hundred has. */
export const RARE_WORD = 'plotter'
export const rareSentences = [
  'O plotter do setor de projetos também precisa de revisão.',
  'Aproveitando, o plotter da engenharia está sem o rolo de papel vegetal.',
  'Vale lembrar que o plotter fica no segundo andar, ao lado da sala de projetos.',
]
