from dataclasses import dataclass
from agent.interpreter.reading import Found
from agent.interpreter.words import folded, fold, tokenise
@dataclass(frozen=True)
class Plate: text:str; vehicle:object; nearest:tuple=()
@dataclass(frozen=True)
class Desc: candidates:tuple; make:str|None=None; model:str|None=None; colour:str|None=None; body:str|None=None
@dataclass(frozen=True)
class Person: name:str; customers:tuple
COL={'grigio':'grigio','grigia':'grigio','grey':'grigio','bianco':'bianco','bianca':'bianco','white':'bianco','nera':'nero','nero':'nero','black':'nero','rosso':'rosso','rossa':'rosso','red':'rosso','blu':'blu','blue':'blu'}
BOD={'suv':'suv'}
def standin(words, ctx):
    out=[]; f=[fold(w.norm) for w in words]; v=ctx.vocabulary
    for i in range(len(f)):
        for j in range(i,min(i+5,len(f))):
            t="".join(f[i:j+1]).upper()
            m=[x for x in v.vehicles if x.plate==t]
            if m: out.append(Found('plate',Plate(t,m[0]),i,j))
            elif len(t)==7 and t[:2].isalpha() and t[2:5].isdigit() and t[5:].isalpha(): out.append(Found('plate',Plate(t,None),i,j))
            seq=tuple(f[i:j+1])
            for s in v.services:
                if any(folded(n)==seq for n in (*s.synonyms,s.name_it,s.name_en)): out.append(Found('service',s.id,i,j))
            for s in v.staff:
                if any(folded(n)==seq for n in (*s.spoken,s.name)): out.append(Found('staff',s,i,j))
            c=tuple(x for x in v.customers if seq in (folded(x.last_name or ''),folded(x.name)))
            if c: out.append(Found('person',Person(" ".join(seq),c),i,j))
            d={}
            ok=True
            for w in seq:
                mk=[x for x in v.vehicles if folded(x.model)==(w,)]
                mm=[x for x in v.vehicles if folded(x.make)==(w,)]
                if mk: d['model']=mk[0].model; d['make']=mk[0].make
                elif mm: d['make']=mm[0].make
                elif w in COL: d['colour']=COL[w]
                elif w in BOD: d['body']=BOD[w]
                else: ok=False
            if ok:
                cand=tuple(x for x in v.vehicles if all(getattr(x,k)==y for k,y in d.items()))
                out.append(Found('vehicle',Desc(cand,**d),i,j,cost=0.0 if j>i or 'model' in d else .2))
            if seq in (('whatsapp',),('email',),('mail',)): out.append(Found('channel','whatsapp' if seq==('whatsapp',) else 'email',i,j))
            if seq in (('il','giorno','prima'),('the','day','before')): out.append(Found('offset',1440,i,j))
    return out
def plate_of(f): return f.value.text, f.value.vehicle
def described(f): return f.value.candidates
def hint_of(f): return {k:getattr(f.value,k) for k in ('make','model','colour','body') if getattr(f.value,k)}
def person_of(f): return f.value
def services_of(fs): return tuple(dict.fromkeys(f.value for f in fs))
def staff_of(f): return f.value
def channel_of(f): return f.value
def offset_of(f): return f.value
def position_of(f): return f.value
def note_of(f): return f.value
def duration_of(f): return f.value
def phone_of(f): return f.value
def email_of(f): return f.value
def mileage_of(f): return f.value
def template_of(f): return f.value
def status_of(f): return f.value
def as_json(f): return str(f.value)
