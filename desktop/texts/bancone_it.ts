<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it_IT">
<context>
    <name>Agenda</name>
    <message>
        <source>The day&apos;s appointments</source>
        <translation>Gli appuntamenti del giorno</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Assente</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>proposto</translation>
    </message>
    <message>
        <source>done now</source>
        <translation>appena fatto</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annullato</translation>
    </message>
    <message>
        <source>time it had before</source>
        <translation>orario di prima</translation>
    </message>
</context>
<context>
    <name>Answers</name>
    <message>
        <source>{n} cars</source>
        <translation>{n} auto</translation>
    </message>
    <message>
        <source>1 car</source>
        <translation>1 auto</translation>
    </message>
    <message>
        <source>{n} customers</source>
        <translation>{n} clienti</translation>
    </message>
    <message>
        <source>1 customer</source>
        <translation>1 cliente</translation>
    </message>
    <message>
        <source>{service} overdue</source>
        <translation>{service}: scaduto</translation>
    </message>
    <message>
        <source>{service} due</source>
        <translation>{service}: in scadenza</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Lavoro</translation>
    </message>
    <message>
        <source>Car history</source>
        <translation>Storia dell&apos;auto</translation>
    </message>
    <message>
        <source>{n} appointments</source>
        <translation>{n} appuntamenti</translation>
    </message>
    <message>
        <source>1 appointment</source>
        <translation>1 appuntamento</translation>
    </message>
    <message>
        <source>{n} free times</source>
        <translation>{n} posti liberi</translation>
    </message>
    <message>
        <source>1 free time</source>
        <translation>1 posto libero</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>chiuso</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>Orari di apertura</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Servizi</translation>
    </message>
</context>
<context>
    <name>Argument</name>
    <message>
        <source>service</source>
        <translation>servizio</translation>
    </message>
    <message>
        <source>also</source>
        <translation>in più</translation>
    </message>
    <message>
        <source>plate</source>
        <translation>targa</translation>
    </message>
    <message>
        <source>car</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>new car</source>
        <translation>auto nuova</translation>
    </message>
    <message>
        <source>described as</source>
        <translation>descritta come</translation>
    </message>
    <message>
        <source>customer</source>
        <translation>cliente</translation>
    </message>
    <message>
        <source>new customer</source>
        <translation>cliente nuovo</translation>
    </message>
    <message>
        <source>appointment</source>
        <translation>appuntamento</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>operazione</translation>
    </message>
    <message>
        <source>at</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>first free</source>
        <translation>primo posto</translation>
    </message>
    <message>
        <source>from</source>
        <translation>da</translation>
    </message>
    <message>
        <source>to</source>
        <translation>a</translation>
    </message>
    <message>
        <source>part of the day</source>
        <translation>parte del giorno</translation>
    </message>
    <message>
        <source>technician</source>
        <translation>tecnico</translation>
    </message>
    <message>
        <source>notify</source>
        <translation>avvisi</translation>
    </message>
    <message>
        <source>by</source>
        <translation>via</translation>
    </message>
    <message>
        <source>message</source>
        <translation>messaggio</translation>
    </message>
    <message>
        <source>before</source>
        <translation>prima di</translation>
    </message>
    <message>
        <source>after</source>
        <translation>dopo</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nome</translation>
    </message>
    <message>
        <source>telephone</source>
        <translation>telefono</translation>
    </message>
    <message>
        <source>e-mail</source>
        <translation>e-mail</translation>
    </message>
    <message>
        <source>km</source>
        <translation>km</translation>
    </message>
    <message>
        <source>work</source>
        <translation>lavoro</translation>
    </message>
    <message>
        <source>note</source>
        <translation>nota</translation>
    </message>
    <message>
        <source>status</source>
        <translation>stato</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>motivo</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Put this message away</source>
        <translation>Chiudi questo avviso</translation>
    </message>
</context>
<context>
    <name>Body</name>
    <message>
        <source>small car</source>
        <translation>utilitaria</translation>
    </message>
    <message>
        <source>hatchback</source>
        <translation>berlina 5 porte</translation>
    </message>
    <message>
        <source>saloon</source>
        <translation>berlina</translation>
    </message>
    <message>
        <source>estate</source>
        <translation>station wagon</translation>
    </message>
    <message>
        <source>van</source>
        <translation>furgone</translation>
    </message>
    <message>
        <source>other</source>
        <translation>altro</translation>
    </message>
</context>
<context>
    <name>By</name>
    <message>
        <source>understood on this computer</source>
        <translation>capito da questo computer</translation>
    </message>
    <message>
        <source>understood by the language model</source>
        <translation>capito dal modello linguistico</translation>
    </message>
</context>
<context>
    <name>CallRow</name>
    <message>
        <source>Details of {call}</source>
        <translation>Dettagli di {call}</translation>
    </message>
    <message>
        <source>Show the call and its answer as JSON</source>
        <translation>Mostra la richiesta e la risposta in JSON</translation>
    </message>
    <message>
        <source>JSON of the call</source>
        <translation>JSON della richiesta</translation>
    </message>
</context>
<context>
    <name>Channel</name>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
</context>
<context>
    <name>Colour</name>
    <message>
        <source>white</source>
        <translation>bianco</translation>
    </message>
    <message>
        <source>black</source>
        <translation>nero</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>grigio</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rosso</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>blu</translation>
    </message>
    <message>
        <source>green</source>
        <translation>verde</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>giallo</translation>
    </message>
    <message>
        <source>other colour</source>
        <translation>altro colore</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Type a request</source>
        <translation>Scrivi una richiesta</translation>
    </message>
    <message>
        <source>Or type here…</source>
        <translation>Oppure scrivi qui…</translation>
    </message>
    <message>
        <source>Send what is typed</source>
        <translation>Invia quello che hai scritto</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Invia (Invio)</translation>
    </message>
</context>
<context>
    <name>DayPanel</name>
    <message>
        <source>Agenda</source>
        <translation>Agenda</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>proposto</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fatto</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annullato</translation>
    </message>
    <message>
        <source>The day you talk about appears here, technician by technician. Ask for one: “Who is coming in today?”</source>
        <translation>Qui appare il giorno di cui parli, tecnico per tecnico. Prova a chiedere: «Chi viene oggi?»</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>Bancone could not start</source>
        <translation>Bancone non è riuscito a partire</translation>
    </message>
    <message>
        <source>Check the settings, then start Bancone again.</source>
        <translation>Controlla le impostazioni e avvia di nuovo Bancone.</translation>
    </message>
    <message>
        <source>What you said could not be heard</source>
        <translation>Non sono riuscito a sentire</translation>
    </message>
    <message>
        <source>Say it again, or type it below.</source>
        <translation>Ripeti, oppure scrivilo qui sotto.</translation>
    </message>
    <message>
        <source>The language model does not answer</source>
        <translation>Il modello linguistico non risponde</translation>
    </message>
    <message>
        <source>Everyday requests still work. Try again in a moment, or say it more simply.</source>
        <translation>Le richieste di tutti i giorni funzionano lo stesso. Riprova tra poco, o dillo in modo più semplice.</translation>
    </message>
    <message>
        <source>The workshop&apos;s data cannot be reached</source>
        <translation>I dati dell&apos;officina non sono raggiungibili</translation>
    </message>
    <message>
        <source>Check below whether it was done before you say it again.</source>
        <translation>Prima di ripetere, controlla qui sotto se è stato fatto.</translation>
    </message>
    <message>
        <source>The answer could not be spoken</source>
        <translation>Non sono riuscito a dire la risposta</translation>
    </message>
    <message>
        <source>It is written in the conversation. Check the loudspeaker.</source>
        <translation>È scritta nella conversazione. Controlla l&apos;altoparlante.</translation>
    </message>
    <message>
        <source>The connection is lost</source>
        <translation>La connessione si è interrotta</translation>
    </message>
    <message>
        <source>Check the network; Bancone keeps trying by itself.</source>
        <translation>Controlla la rete: Bancone riprova da solo.</translation>
    </message>
    <message>
        <source>The microphone does not work</source>
        <translation>Il microfono non funziona</translation>
    </message>
    <message>
        <source>Plug it in or switch it on. Until then, type below.</source>
        <translation>Collegalo o accendilo. Intanto puoi scrivere qui sotto.</translation>
    </message>
    <message>
        <source>The microphone is muted</source>
        <translation>Il microfono è muto</translation>
    </message>
    <message>
        <source>Switch it on at the device or in the system&apos;s sound settings.</source>
        <translation>Riattivalo dal dispositivo o dalle impostazioni audio del sistema.</translation>
    </message>
    <message>
        <source>The talk key is not available</source>
        <translation>Il tasto per parlare non è disponibile</translation>
    </message>
    <message>
        <source>Use the talk button in the window, or choose another key in the settings.</source>
        <translation>Usa il pulsante nella finestra, o scegli un altro tasto nelle impostazioni.</translation>
    </message>
    <message>
        <source>A setting could not be used</source>
        <translation>Un&apos;impostazione non è utilizzabile</translation>
    </message>
    <message>
        <source>Correct it in the settings file; everything else works.</source>
        <translation>Correggila nel file delle impostazioni; il resto funziona.</translation>
    </message>
    <message>
        <source>Something went wrong in the window</source>
        <translation>Qualcosa è andato storto nella finestra</translation>
    </message>
    <message>
        <source>You can go on working. If it happens again, send us the log file.</source>
        <translation>Puoi continuare a lavorare. Se succede di nuovo, mandaci il file di log.</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Qualcosa è andato storto</translation>
    </message>
    <message>
        <source>Try again; if it stays, restart Bancone.</source>
        <translation>Riprova; se continua, riavvia Bancone.</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Welcome to Bancone</source>
        <translation>Benvenuto in Bancone</translation>
    </message>
    <message>
        <source>Try it with the demo workshop</source>
        <translation>Prova con l&apos;officina dimostrativa</translation>
    </message>
    <message>
        <source>Begin with my own, empty workshop</source>
        <translation>Inizia con la mia officina, vuota</translation>
    </message>
    <message>
        <source>How would you like to begin?</source>
        <translation>Come vuoi cominciare?</translation>
    </message>
    <message>
        <source>A workshop with invented customers, cars and appointments. No message leaves it.</source>
        <translation>Un&apos;officina con clienti, auto e appuntamenti inventati. Nessun messaggio parte davvero.</translation>
    </message>
    <message>
        <source>Nothing in it yet: services, technicians and customers are yours to bring.</source>
        <translation>Ancora vuota: servizi, tecnici e clienti li porti tu.</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Language, theme</source>
        <translation>Lingua, aspetto</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Come il sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Chiaro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Scuro</translation>
    </message>
    <message>
        <source>Quit Bancone</source>
        <translation>Esci da Bancone</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Booking</source>
        <translation>Prenotazione</translation>
    </message>
    <message>
        <source>New time</source>
        <translation>Nuovo orario</translation>
    </message>
    <message>
        <source>Cancellation</source>
        <translation>Annullamento</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifica</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Messaggio</translation>
    </message>
    <message>
        <source>Work record</source>
        <translation>Lavoro registrato</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Cliente</translation>
    </message>
    <message>
        <source>Car</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Time off</source>
        <translation>Assenza</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Annullato</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campagna</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>What was done</source>
        <translation>Cosa è stato fatto</translation>
    </message>
    <message>
        <source>Timings</source>
        <translation>Tempi</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Preview</source>
        <translation>Anteprima</translation>
    </message>
    <message>
        <source>Number of recipients</source>
        <translation>Numero di destinatari</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Conferma</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rifiuta</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fatto</translation>
    </message>
    <message>
        <source>Please confirm</source>
        <translation>Da confermare</translation>
    </message>
    <message>
        <source>Rejected: nothing was done</source>
        <translation>Rifiutato: non è stato fatto nulla</translation>
    </message>
    <message>
        <source>Expired: nothing was done</source>
        <translation>Scaduto: non è stato fatto nulla</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Sostituito</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Sto ascoltando</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trovato</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un momento…</translation>
    </message>
    <message>
        <source>Type {count} to confirm</source>
        <translation>Scrivi {count} per confermare</translation>
    </message>
    <message>
        <source>Enter confirms · Esc rejects</source>
        <translation>Invio conferma · Esc rifiuta</translation>
    </message>
    <message>
        <source>Ctrl+Z takes it back</source>
        <translation>Ctrl+Z annulla tutto</translation>
    </message>
    <message>
        <source>Expires in {seconds} s</source>
        <translation>Scade tra {seconds} s</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>The plate is the closest one on record, not exactly what was said.</source>
        <translation>La targa è la più simile tra quelle in archivio, non proprio quella detta.</translation>
    </message>
    <message>
        <source>The name is the closest one on record, not exactly what was said.</source>
        <translation>Il nome è il più simile tra quelli in archivio, non proprio quello detto.</translation>
    </message>
    <message>
        <source>Recognised on this computer: please check that every detail is right.</source>
        <translation>Riconosciuto da questo computer: controlla che tutto sia giusto.</translation>
    </message>
    <message>
        <source>The odometer would go down compared with the last reading.</source>
        <translation>Il contachilometri andrebbe indietro rispetto all&apos;ultima lettura.</translation>
    </message>
    <message>
        <source>There are appointments in that time; they stay.</source>
        <translation>In quelle ore ci sono appuntamenti: restano dove sono.</translation>
    </message>
    <message>
        <source>A message about this has already gone out to the customer.</source>
        <translation>Al cliente è già partito un messaggio su questo appuntamento.</translation>
    </message>
    <message>
        <source>Part of it was worked out, not said exactly.</source>
        <translation>Una parte è stata dedotta, non detta con precisione.</translation>
    </message>
    <message>
        <source>The appointment is on another day, not today.</source>
        <translation>L&apos;appuntamento è in un altro giorno, non oggi.</translation>
    </message>
    <message>
        <source>Please check: {code}.</source>
        <translation>Da controllare: {code}.</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>not possible like this</source>
        <translation>così non è possibile</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>non trovato</translation>
    </message>
    <message>
        <source>more than one fits</source>
        <translation>ce n&apos;è più di uno</translation>
    </message>
    <message>
        <source>another car on record</source>
        <translation>in archivio è un&apos;altra auto</translation>
    </message>
    <message>
        <source>time taken</source>
        <translation>orario occupato</translation>
    </message>
    <message>
        <source>closed then</source>
        <translation>a quell&apos;ora è chiuso</translation>
    </message>
    <message>
        <source>in the past</source>
        <translation>nel passato</translation>
    </message>
    <message>
        <source>already booked</source>
        <translation>già prenotata</translation>
    </message>
    <message>
        <source>somebody else does this</source>
        <translation>lo fa un altro tecnico</translation>
    </message>
    <message>
        <source>changed since</source>
        <translation>nel frattempo è cambiato</translation>
    </message>
    <message>
        <source>no consent</source>
        <translation>manca il consenso</translation>
    </message>
    <message>
        <source>wants a yes</source>
        <translation>serve un sì</translation>
    </message>
    <message>
        <source>not allowed</source>
        <translation>non consentito</translation>
    </message>
    <message>
        <source>too many at once</source>
        <translation>troppe richieste insieme</translation>
    </message>
    <message>
        <source>busy, try again</source>
        <translation>occupato, riprova</translation>
    </message>
    <message>
        <source>sent twice, differently</source>
        <translation>inviato due volte, diverso</translation>
    </message>
</context>
<context>
    <name>Slot</name>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Targa</translation>
    </message>
    <message>
        <source>Car</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Servizio</translation>
    </message>
    <message>
        <source>Technician</source>
        <translation>Tecnico</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Cliente</translation>
    </message>
    <message>
        <source>Message by</source>
        <translation>Messaggio via</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Messaggio</translation>
    </message>
    <message>
        <source>Mileage</source>
        <translation>Chilometri</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Telefono</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>Promemoria</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Durata</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Key released</source>
        <translation>Tasto rilasciato</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>Sentito</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Capito</translation>
    </message>
    <message>
        <source>Workshop asked</source>
        <translation>Chiesto all&apos;officina</translation>
    </message>
    <message>
        <source>Workshop answered</source>
        <translation>Officina</translation>
    </message>
    <message>
        <source>On the screen</source>
        <translation>Sullo schermo</translation>
    </message>
    <message>
        <source>Voice ready</source>
        <translation>Voce pronta</translation>
    </message>
    <message>
        <source>First sound</source>
        <translation>Primo suono</translation>
    </message>
    <message>
        <source>Answer ended</source>
        <translation>Fine risposta</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Starting…</source>
        <translation>Avvio…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Pronto</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>In ascolto</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un momento</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>Sto parlando</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problema</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>to be confirmed</source>
        <translation>da confermare</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>confermato</translation>
    </message>
    <message>
        <source>arrived</source>
        <translation>arrivato</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>in lavorazione</translation>
    </message>
    <message>
        <source>waiting for parts</source>
        <translation>in attesa ricambi</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>pronto</translation>
    </message>
    <message>
        <source>done</source>
        <translation>finito</translation>
    </message>
    <message>
        <source>did not come</source>
        <translation>non si è presentato</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annullato</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>Message to the customer</source>
        <translation>Messaggio al cliente</translation>
    </message>
    <message>
        <source>Can be offered: {message}</source>
        <translation>Si può inviare: {message}</translation>
    </message>
    <message>
        <source>Car not known yet</source>
        <translation>Auto non ancora nota</translation>
    </message>
    <message>
        <source>will not be sent</source>
        <translation>non partirà</translation>
    </message>
    <message>
        <source>{message} by {channel}</source>
        <translation>{message} via {channel}</translation>
    </message>
    <message>
        <source>lower than the last reading</source>
        <translation>meno dell&apos;ultima lettura</translation>
    </message>
    <message>
        <source>Recorded for the car</source>
        <translation>Registrato per l&apos;auto</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Nuovo cliente</translation>
    </message>
    <message>
        <source>Customer changed</source>
        <translation>Cliente modificato</translation>
    </message>
    <message>
        <source>New car</source>
        <translation>Nuova auto</translation>
    </message>
    <message>
        <source>Car changed</source>
        <translation>Auto modificata</translation>
    </message>
    <message>
        <source>{name} is away</source>
        <translation>{name} è assente</translation>
    </message>
    <message>
        <source>Taken back: {what}</source>
        <translation>Annullato: {what}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sì</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>morning</source>
        <translation>mattina</translation>
    </message>
    <message>
        <source>afternoon</source>
        <translation>pomeriggio</translation>
    </message>
    <message>
        <source>reminder {time} before</source>
        <translation>promemoria {time} prima</translation>
    </message>
</context>
<context>
    <name>SummaryCard</name>
    <message>
        <source>Messages</source>
        <translation>Messaggi</translation>
    </message>
    <message>
        <source>Or rather:</source>
        <translation>Oppure:</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Talk</source>
        <translation>Parla</translation>
    </message>
    <message>
        <source>Hold to talk, or press once to start and once more to end. Everywhere: {key}</source>
        <translation>Tieni premuto per parlare, o premi una volta per iniziare e una per finire. Ovunque: {key}</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Nessun microfono</translation>
    </message>
    <message>
        <source>type below until it is back</source>
        <translation>scrivi qui sotto, intanto</translation>
    </message>
    <message>
        <source>I am listening</source>
        <translation>Ti ascolto</translation>
    </message>
    <message>
        <source>let go to send</source>
        <translation>rilascia per inviare</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un momento</translation>
    </message>
    <message>
        <source>hold to say more</source>
        <translation>premi per dire altro</translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation>Interrompi</translation>
    </message>
    <message>
        <source>I am answering: hold and talk</source>
        <translation>sto rispondendo: premi e parla</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Avvio…</translation>
    </message>
    <message>
        <source>you can type in a moment</source>
        <translation>tra un momento si può scrivere</translation>
    </message>
    <message>
        <source>Hold to talk</source>
        <translation>Premi e parla</translation>
    </message>
    <message>
        <source>or tap to start and stop</source>
        <translation>o un tocco per iniziare e finire</translation>
    </message>
</context>
<context>
    <name>Teaching</name>
    <message>
        <source>You see it before it happens</source>
        <translation>Lo vedi prima che succeda</translation>
    </message>
    <message>
        <source>Hold {key} and say what the customer wants.</source>
        <translation>Tieni premuto {key} e di&apos; che cosa vuole il cliente.</translation>
    </message>
    <message>
        <source>Here you see car, day, time and messages, as they stand in the workshop.</source>
        <translation>Qui vedi auto, giorno, ora e messaggi, così come sono in officina.</translation>
    </message>
    <message>
        <source>Clear requests are done at once. When something was guessed, you confirm with Enter.</source>
        <translation>Le richieste chiare si fanno subito. Se qualcosa è stato intuito, confermi tu con Invio.</translation>
    </message>
    <message>
        <source>Changed your mind? Ctrl+Z takes it back, messages included.</source>
        <translation>Cambiato idea? Ctrl+Z annulla tutto, messaggi compresi.</translation>
    </message>
</context>
<context>
    <name>Template</name>
    <message>
        <source>Confirmation</source>
        <translation>Conferma</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>Promemoria</translation>
    </message>
    <message>
        <source>New time</source>
        <translation>Nuovo orario</translation>
    </message>
    <message>
        <source>Cancellation</source>
        <translation>Annullamento</translation>
    </message>
    <message>
        <source>Car ready</source>
        <translation>Auto pronta</translation>
    </message>
    <message>
        <source>Time for tyres</source>
        <translation>È ora delle gomme</translation>
    </message>
</context>
<context>
    <name>TimingsPanel</name>
    <message>
        <source>Earlier turn</source>
        <translation>Turno precedente</translation>
    </message>
    <message>
        <source>Later turn</source>
        <translation>Turno successivo</translation>
    </message>
    <message>
        <source>After each turn you see here where the time went, from the released key to the first sound.</source>
        <translation>Dopo ogni turno vedi qui dove è andato il tempo, dal tasto rilasciato al primo suono.</translation>
    </message>
    <message>
        <source>Turn {number}</source>
        <translation>Turno {number}</translation>
    </message>
    <message>
        <source>on screen {time}</source>
        <translation>sullo schermo {time}</translation>
    </message>
    <message>
        <source>first sound {time}</source>
        <translation>primo suono {time}</translation>
    </message>
</context>
<context>
    <name>Tool</name>
    <message>
        <source>Find customer</source>
        <translation>Cerca cliente</translation>
    </message>
    <message>
        <source>Find car</source>
        <translation>Cerca auto</translation>
    </message>
    <message>
        <source>Car history</source>
        <translation>Storia dell&apos;auto</translation>
    </message>
    <message>
        <source>List services</source>
        <translation>Elenco servizi</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>Orari di apertura</translation>
    </message>
    <message>
        <source>List appointments</source>
        <translation>Elenco appuntamenti</translation>
    </message>
    <message>
        <source>Find free times</source>
        <translation>Cerca posti liberi</translation>
    </message>
    <message>
        <source>Search customers</source>
        <translation>Ricerca clienti</translation>
    </message>
    <message>
        <source>Book appointment</source>
        <translation>Prenota appuntamento</translation>
    </message>
    <message>
        <source>Move appointment</source>
        <translation>Sposta appuntamento</translation>
    </message>
    <message>
        <source>Cancel appointment</source>
        <translation>Annulla appuntamento</translation>
    </message>
    <message>
        <source>Change appointment</source>
        <translation>Modifica appuntamento</translation>
    </message>
    <message>
        <source>Save customer</source>
        <translation>Salva cliente</translation>
    </message>
    <message>
        <source>Save car</source>
        <translation>Salva auto</translation>
    </message>
    <message>
        <source>Record work</source>
        <translation>Registra lavoro</translation>
    </message>
    <message>
        <source>Send message</source>
        <translation>Invia messaggio</translation>
    </message>
    <message>
        <source>Schedule reminder</source>
        <translation>Programma promemoria</translation>
    </message>
    <message>
        <source>Block time</source>
        <translation>Blocca orario</translation>
    </message>
    <message>
        <source>Plan campaign</source>
        <translation>Prepara campagna</translation>
    </message>
    <message>
        <source>Send campaign</source>
        <translation>Invia campagna</translation>
    </message>
    <message>
        <source>Erase customer</source>
        <translation>Cancella cliente</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>worked out only</source>
        <translation>solo calcolato</translation>
    </message>
</context>
<context>
    <name>ToolCallsPanel</name>
    <message>
        <source>Each request to the workshop appears here: what was asked, what came back, and how long it took.</source>
        <translation>Qui appare ogni richiesta all&apos;officina: che cosa si è chiesto, che cosa ha risposto e in quanto tempo.</translation>
    </message>
    <message>
        <source>Turn {number}</source>
        <translation>Turno {number}</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Conversation</source>
        <translation>Conversazione</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Tu</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Bancone</source>
        <translation>Apri Bancone</translation>
    </message>
    <message>
        <source>Start talking</source>
        <translation>Inizia a parlare</translation>
    </message>
    <message>
        <source>Quit Bancone</source>
        <translation>Esci da Bancone</translation>
    </message>
    <message>
        <source>Stop talking and send</source>
        <translation>Finisci e invia</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Hold {key} and say, for example:</source>
        <translation>Tieni premuto {key} e di&apos;, per esempio:</translation>
    </message>
    <message>
        <source>Or type it below. Pick an example to try it.</source>
        <translation>Oppure scrivilo qui sotto. Tocca un esempio per provarlo.</translation>
    </message>
    <message>
        <source>Book a service for plate AB 123 CD, first free slot next Wednesday</source>
        <translation>Prenota un tagliando per la targa AB 123 CD, primo posto libero mercoledì prossimo</translation>
    </message>
    <message>
        <source>Who is coming in tomorrow?</source>
        <translation>Chi viene domani?</translation>
    </message>
    <message>
        <source>Is Marco free at eleven?</source>
        <translation>Marco è libero alle undici?</translation>
    </message>
    <message>
        <source>When is the MOT due on the Qashqai?</source>
        <translation>Quando scade la revisione della Qashqai?</translation>
    </message>
</context>
<context>
    <name>When</name>
    <message>
        <source>today</source>
        <translation>oggi</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>domani</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>ieri</translation>
    </message>
    <message>
        <source>now</source>
        <translation>adesso</translation>
    </message>
    <message>
        <source>{day} at {time}</source>
        <translation>{day} alle {time}</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
</context>
</TS>
