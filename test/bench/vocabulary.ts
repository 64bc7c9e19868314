/** What the phrases' slots are filled with; numbers and names are made up by `text.ts`. */
export const slots: Record<string, readonly string[]> = {
  produto: list(`notebook, desktop, servidor, terminal do caixa, mini PC, tablet, all-in-one, monitor`),
  impressora: list(
    `multifuncional, impressora laser, impressora térmica, jato de tinta, impressora colorida, copiadora`,
  ),
  setor: list(
    `financeiro, almoxarifado, laboratório, atendimento, depósito, jurídico, RH, comercial, berçário, refeitório`,
  ),
  material: list(
    `papel A4, pastas suspensas, canetas azuis, etiquetas térmicas, cadernos brochura, cartolina, envelopes pardos, toner preto, pilhas alcalinas, fita adesiva`,
  ),
  cidade: list(
    `Contagem, Betim, Sabará, Nova Lima, Divinópolis, Uberlândia, Juiz de Fora, Ouro Preto, Itabira, Montes Claros, Varginha, Lavras`,
  ),
  dia: list(
    `segunda-feira, terça-feira, quarta-feira, quinta-feira, sexta-feira, sábado, ontem, dia 5, dia 10, dia 20`,
  ),
}

function list(text: string): string[] {
  return text.split(', ')
}

export const givenNames = `
  Adriana Alexandre Aline Amanda André Antônia Beatriz Caio Carla César Cíntia Cláudio Cristiane
  Daniela Débora Eduardo Eliane Fernanda Flávio Gabriela Gilberto Graça Gustavo Helena Henrique Igor
  Inês Isabela Ivan João Joana José Juliana Júlio Kátia Larissa Leandro Letícia Lúcia Luís Marcelo
  Márcia Marina Maurício Mônica Natália Otávio Patrícia Paulo Priscila Rafael Regina Renata Ricardo
  Roberto Rosângela Sandra Sérgio Simone Sônia Tânia Thiago Valéria Vanessa Vinícius Vitória Wagner
  Yara
`
  .trim()
  .split(/\s+/)

export const familyNames = `
  Abreu Almeida Alves Andrade Aquino Araújo Assis Azevedo Barbosa Barros Batista Borges Braga Brandão
  Brito Camargo Campos Cardoso Carneiro Carvalho Castro Coelho Corrêa Costa Cunha Dantas Dias Duarte
  Esteves Falcão Farias Ferreira Figueiredo Fonseca Franco Freitas Galvão Garcia Gomes Gonçalves
  Guimarães Lacerda Leal Lima Lopes Macedo Machado Magalhães Maia Marques Martins Medeiros Melo Mendes
  Miranda Monteiro Moraes Moreira Moura Nascimento Neves Novaes Nunes Oliveira Pacheco Paiva Peixoto
  Pereira Pimentel Pinheiro Pinto Pires Queiroz Ramos Rezende Ribeiro Rocha Rodrigues Sales Sampaio
  Santana Santos Siqueira Soares Souza Tavares Teixeira Torres Valente Vargas Vasconcelos Vieira
  Xavier
`
  .trim()
  .split(/\s+/)
