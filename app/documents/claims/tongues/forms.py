"""Forms of English words that no ending makes: each line some, of one word together, with ";" between words."""

FORMS = """
arise arose arisen; be was were been; bear bore born borne; beat beaten; become became; begin began begun
bend bent; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred
bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung; come came
creep crept; deal dealt; dig dug; do did done; draw drew drawn; dream dreamt; drink drank drunk
drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled
fly flew flown; forbid forbade forbidden; forget forgot forgotten; freeze froze frozen; get got; give gave given
go went gone; grind ground; grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept
know knew known; lay laid; lead led; lean leant; leap leapt; learn learnt; leave left; lend lent; lie lay lain
light lit; lose lost; make made; mean meant; meet met; melt molten; pay paid; rend rent; ride rode ridden
ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold; send sent
shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk
sit sat; sleep slept; slide slid; speak spoke spoken; spend spent; spin spun; spring sprang; stand stood
steal stole stolen; stick stuck; strike struck; strive strove; swear swore sworn; sweep swept; swell swollen
swim swam; swing swung; take took taken; teach taught; tear tore torn; tell told; think thought
throw threw thrown; understand understood; wake woke; wear wore worn; weave wove woven; win won; wind wound
withdraw withdrew withdrawn; write wrote written; man men; woman women; child children; foot feet; tooth teeth
mouse mice; goose geese; person people; life lives; leaf leaves; wolf wolves; half halves; nucleus nuclei
bacterium bacteria; good better best; bad worse worst; far further; many more most; little less least
"""
