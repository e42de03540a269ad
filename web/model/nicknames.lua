-- First names that people use for one another, in English and Spanish, and the pairs across the two languages that are common in
-- New York: José is Joseph on an older card. Each row is one group; a name may be in several (Pat is Patricia and Patrick).
-- Folded: lower case, no accents. The first name of a row stands for it.
-- Not a claim that two people are the same: a search shows what may fit, and says why.

local rows = [[
abigail abby abbie gail
abraham abe abram abrahan
adelaide addie adela adelaida della
adriana adri nana
agnes aggie ines inez
alan al allan allen
albert al bert bertie alberto beto tito
alejandra alex sandra ale alexandra alexa lexi sandy
alejandro alex ale alexander alec sandy xander sasha
alfonso poncho fonso alphonse alonso
alfred al fred freddie alfredo fredo
alice ali alicia licha
amanda mandy mandi
amelia amy millie melia
ana anna ann anne annie anita nita hannah
andrea andie
andrew andy drew andres
angela angie angel angelina angeles
anthony tony antonio toni tono
antonia tonia toni antoinette tona
araceli cheli celi
arthur art artie arturo
barbara barb babs bobbie
bartholomew bart bartolome bartolo
beatrice bea bee trixie beatriz betty bety
belen belencita
benjamin ben benny benji benja
bernard bernie bernardo berny
bertha berta bertie
bridget bridie brigida
bruce brucie
calvin cal
candelaria cande candy
carlos charles charlie chuck chas carlitos
carmen carmela carmencita menchu mamen
carolina caro carol caroline carrie lina
catherine cathy kathy katherine kathryn kate katie kitty kay cat catalina cata lina trina katarina ekaterina katya
cecilia ceci cissy chila celia
charlotte lottie carlota charlie
christina chris tina chrissy cristina cris christine
christopher chris topher kit cristobal cris tobal
clara clarita claire clare
claudia clau
concepcion concha conchita connie chona
consuelo chelo connie consuelito
constance connie constanza
cornelius neil corny cornelio
cynthia cindy cyndi
daniel dan danny dani
daniela dani
david dave davey davy
deborah deb debbie debora debra
dolores lola lolita loli
dominic dom nick domingo mingo
donald don donnie
dorothy dot dottie dolly dora dorotea
douglas doug
edith edie
edmund ed eddie ned edmundo mundo
eduardo edward ed eddie ted teddy ned lalo edu
edwin ed eddie
eleanor ellie nell nora leonor elena
elena helen nellie ellen helena lena nena
elizabeth liz lizzie beth betty betsy eliza elisa elsa lisa libby isabel isabella bella chabela isa bess
emily em emmy emilia milly
emilio emil milo
emmanuel manny manuel manolo manu lolo immanuel
enrique henry hank harry quique kike rique hal
ernest ernie ernesto neto
esperanza pera espe hope
esther essie ester hester
eugene gene eugenio geno
eugenia genie gena quena
eusebio chebo
evangelina eva lina vangie angelina
evelyn eve evie
felicia fela licha
felipe philip phil pip felipin
ferdinand ferdie fernando nando fer
fernanda fer nanda
florence flo flossie florencia flora flor
frances fran francie fanny francisca paca paquita pancha paca frankie
francisco frank francis frankie paco pancho paquito kiko cisco curro franco chico
frederick fred freddie rick federico fede lico
gabriel gabe gabi gab
gabriela gabi gaby gabrielle
genevieve gen genoveva veva
george georgie jorge coque yorgos
gerald gerry jerry gerardo lalo gera
gertrude trudy gert gertie gertrudis tula
gilbert gil bert gilberto beto
gloria glori
gonzalo chalo gonza
grace gracie graciela chela gracia
gregory greg gregg gregorio goyo
guadalupe lupe lupita pita lupillo
guillermina mina guille wilhelmina
gustavo gus tavo gustave
harold hal harry haroldo
herbert herb bert heriberto beto
herminia mina
hipolito polo poli
hortensia tencha hortense
hugh hugo hughie
humberto beto humbert
ignacio nacho ignatius iggy
irene rene irenita
isaac ike zack isaak
isidro chilo isidore izzy chidro
jacob jake jacobo jack
jacqueline jackie jacquelyn
james jim jimmy jamie jaime santiago diego chago jimbo yago tiago jay
jane janie janet juana jeanne jean joan jenny joanna juanita
jason jay
javier xavier javi xavi
jeffrey jeff geoffrey geoff
jennifer jen jenny jenn
jeremy jerry jeremiah jeremias
jerome jerry jeronimo geronimo
jessica jess jessie
jesus chuy chucho chus jesse
joaquin quino joachim quin chimo
john jack johnny jon jonathan juan juanito juancho sean ivan ian
jonathan jon johnny nathan
josefina josephine josie fina pepa jo josefa pepita chepa chefina
joseph joe joey jose pepe pepito chepe cheo che jo josef yusuf
joshua josh josue
juan juancho juanito john
judith judy judi judit
julia julie juliet julieta juliana
julian jules julio julius
katherine kathy kate katie kat
kenneth ken kenny
kimberly kim kimmie
laura laurie lori lauren
laurence larry lawrence lorenzo lencho lars
leonard leo len lenny leonardo nardo
leopoldo polo leopold
leticia lety letty lettie leti tisha
lillian lily lil lilly liliana lili
louis lou louie lewis luis lucho wicho luisito
louise lou luisa lulu
lourdes lulu lourdita
lucia lucy lucille lucila chia luz
luz lucha lucita luci
magdalena magda lena madeline maddie maddy magdalene madeleine malena
manuela manola nela
marcus mark marc marcos marco
margaret maggie meg peggy marge margie greta rita madge daisy margarita mago maga margo margot
maria mary marie mari maryam mariah mia maruja marucha mariquita marita molly polly mariam miriam
martha marta marty
martin marty tin
mateo matthew matt matty teo mathew
matilda tillie mattie matilde maty
maureen mo maura
maurice mauricio moe morris
maximilian max maximiliano maximo
melissa mel missy lissa
mercedes merche meche mercy merceditas
michael mike mikey mick miguel micky micah mitch migue mikhail misha
michelle shelly micaela
mildred millie
mohammed muhammad mohamed mohamad mohammad muhammed mohd
monica moni
nancy nan
natalie nat natalia natasha
nathaniel nathan nate nat natanael
nicholas nick nicky nico nicolas nikolai colas
nicole nicky nikki nicolasa
norberto beto norbert
norma normita
octavio tavo
oliver ollie
olivia liv livvy
oscar ozzie
pablo paul paulie pavel paulo
pamela pam
patricia pat patty patti tricia trish pati
patrick pat paddy patricio pato
paula pauline paulina pau
peter pete pedro perico piotr petey
philomena filomena mena
priscilla cilla prisca
rachel raquel rae
rafael rafa raphael rafi rafe
raymond ray raimundo ramon moncho mundo
rebecca becky becca rebeca
reinaldo rey reynaldo reynold
ricardo richard rick ricky rich dick richie rico cardo
robert rob bob bobby robbie roberto bert beto tito
rodolfo rudy fito rolf rudolph rodo
rodrigo rod rodri rodney
rogelio roger roge roy
roland rolando rollie rolo
ronald ron ronnie
rosa rose rosie rosita rosalia
rosario charo chayo rosarito
rosemary rosie romy rosamaria
roxana roxanne roxie
ruben rube reuben benito
samantha sam sammy
samuel sam sammy samy
sarah sara sally sadie sarita
sebastian seb bastian sebas
sergio checo serge sergei
silvia sylvia chiva silvi
socorro coco soco
sofia sophia sophie sofi
soledad sole chole
stanley stan
stephanie steph stefanie estefania stefi fanny
stephen steve steven stevie esteban teban stephan
susan sue susie suzy susana susanna suzanne susi chana
teresa theresa terry tess tessa tere teresita tracy
theodore ted teddy theo teodoro teo
thomas tom tommy tomas tomasito
timothy tim timmy timoteo
ursula ursie
valentina vale tina val
valerie val valeria vale
vanessa nessa
veronica vero ronnie roni
victor vic vick vico
victoria vicky vickie tori vic viki toya
vincent vince vinny vicente chente
virginia ginny ginger gina vicky
walter walt wally gualterio
wenceslao wences
william bill billy will willie liam guillermo memo guille willy
xochitl xochi
yolanda yoli yola
zachary zach zack zacarias
]]

--- { name = { the names that stand for its groups } }
local groups = {}
for row in rows:gmatch("[^\n]+") do
  local first = row:match("^%S+")
  for name in row:gmatch("%S+") do
    groups[name] = groups[name] or {}
    local known = false
    for _, group in ipairs(groups[name]) do known = known or group == first end
    if not known then table.insert(groups[name], first) end
  end
end

return groups
