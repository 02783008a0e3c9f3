<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>Ago</name>
        <message numerus="yes">
            <source>%n days ago</source>
            <translation>
                <numerusform>1 day ago</numerusform>
                <numerusform>%n days ago</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ApproveAllController</name>
        <message numerus="yes">
            <source>%n that were asking were approved at once.</source>
            <translation>
                <numerusform>1 that was asking was approved at once.</numerusform>
                <numerusform>%n that were asking were approved at once.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Approve all has ended: %n phones were approved.</source>
            <translation>
                <numerusform>Approve all has ended: 1 phone was approved.</numerusform>
                <numerusform>Approve all has ended: %n phones were approved.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>For %n minutes, approve every undecided phone that asks, and those that are asking now. Denied ones stay denied. It ends automatically; F8 ends it at once.</source>
            <translation>
                <numerusform>For 1 minute, approve every undecided phone that asks, and those that are asking now. Denied ones stay denied. It ends automatically; F8 ends it at once.</numerusform>
                <numerusform>For %n minutes, approve every undecided phone that asks, and those that are asking now. Denied ones stay denied. It ends automatically; F8 ends it at once.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ApproveAllMenu</name>
        <message numerus="yes">
            <source>%n more makes are not listed</source>
            <translation>
                <numerusform>1 more make is not listed</numerusform>
                <numerusform>%n more makes are not listed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Every phone for %n minutes</source>
            <translation>
                <numerusform>Every phone for 1 minute</numerusform>
                <numerusform>Every phone for %n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>For %n minutes</source>
            <translation>
                <numerusform>For 1 minute</numerusform>
                <numerusform>For %n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Conflict</name>
        <message numerus="yes">
            <source>%n are in conflict and were left as they are: select them without the others to decide.</source>
            <translation>
                <numerusform>1 is in conflict and was left as it is: select it alone to decide.</numerusform>
                <numerusform>%n are in conflict and were left as they are: select them without the others to decide.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are now at their other address.</source>
            <translation>
                <numerusform>1 phone is now at its other address.</numerusform>
                <numerusform>%n phones are now at their other address.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones stay where they are and were sent nothing: the other addresses' requests are no longer kept. The conflicts come back when those addresses ask again.</source>
            <translation>
                <numerusform>1 phone stays where it is and was sent nothing: the other address's request is no longer kept. The conflict comes back when that address asks again.</numerusform>
                <numerusform>%n phones stay where they are and were sent nothing: the other addresses' requests are no longer kept. The conflicts come back when those addresses ask again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>A second address has just started to ask with the MACs of %n phones, so nothing was done about them. Look at their rows, then decide.</source>
            <translation>
                <numerusform>A second address has just started to ask with the MAC of 1 phone, so nothing was done about it. Look at its row, then decide.</numerusform>
                <numerusform>A second address has just started to ask with the MACs of %n phones, so nothing was done about them. Look at their rows, then decide.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Other addresses did so too, %n times in all.</source>
            <translation>
                <numerusform>Another address did so too, once.</numerusform>
                <numerusform>Other addresses did so too, %n times in all.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Core</name>
        <message numerus="yes">
            <source>%n cells have formulas without a value. Open the workbook in a spreadsheet program, save it there, and import it again.</source>
            <translation>
                <numerusform>1 cell has a formula without a value. Open the workbook in a spreadsheet program, save it there, and import it again.</numerusform>
                <numerusform>%n cells have formulas without a value. Open the workbook in a spreadsheet program, save it there, and import it again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n lines of {sheet} were rejected; the others were applied. Line {number}: {reason}</source>
            <translation>
                <numerusform>1 line of {sheet} was rejected; the others were applied. Line {number}: {reason}</numerusform>
                <numerusform>%n lines of {sheet} were rejected; the others were applied. Line {number}: {reason}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones approved by Approve all.</source>
            <translation>
                <numerusform>Approved by Approve all.</numerusform>
                <numerusform>%n phones approved by Approve all.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones approved.</source>
            <translation>
                <numerusform>Approved.</numerusform>
                <numerusform>%n phones approved.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are not snom phones, but the URL at the top is still snom's own. Type yours there first (Ctrl+L), or approve them with snom's URL.</source>
            <translation>
                <numerusform>1 phone is not a snom phone, but the URL at the top is still snom's own. Type yours there first (Ctrl+L), or approve it with snom's URL.</numerusform>
                <numerusform>%n phones are not snom phones, but the URL at the top is still snom's own. Type yours there first (Ctrl+L), or approve them with snom's URL.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones denied.</source>
            <translation>
                <numerusform>Denied.</numerusform>
                <numerusform>%n phones denied.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones have the old URL and get the new one when they ask; {S} sends it now to those that have asked since the program started.</source>
            <translation>
                <numerusform>1 phone has the old URL and gets the new one when it asks.</numerusform>
                <numerusform>%n phones have the old URL and get the new one when they ask; {S} sends it now to those that have asked since the program started.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Approve the %n phones that are asking now, and every other phone that asks within {minutes} min?</source>
            <translation>
                <numerusform>Approve the phone that is asking now, and every other phone that asks within {minutes} min?</numerusform>
                <numerusform>Approve the %n phones that are asking now, and every other phone that asks within {minutes} min?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>For the next %n minutes, every phone that asks is approved.</source>
            <translation>
                <numerusform>For the next minute, every phone that asks is approved.</numerusform>
                <numerusform>For the next %n minutes, every phone that asks is approved.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>For the next %n minutes, every {make} phone that asks is approved.</source>
            <translation>
                <numerusform>For the next minute, every {make} phone that asks is approved.</numerusform>
                <numerusform>For the next %n minutes, every {make} phone that asks is approved.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones have the old URL; {S} sends them the new one.</source>
            <translation>
                <numerusform>1 phone has the old URL; {S} sends it the new one.</numerusform>
                <numerusform>%n phones have the old URL; {S} sends them the new one.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones undecided again.</source>
            <translation>
                <numerusform>Undecided again.</numerusform>
                <numerusform>%n phones undecided again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Approve all has ended: %n phones were approved.</source>
            <translation>
                <numerusform>Approve all has ended: 1 phone was approved.</numerusform>
                <numerusform>Approve all has ended: %n phones were approved.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Ask %n phones to reboot?</source>
            <translation>
                <numerusform>Ask 1 phone to reboot?</numerusform>
                <numerusform>Ask %n phones to reboot?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Redone: %n phones are as they were before the last undo.</source>
            <translation>
                <numerusform>Redone: this phone is as it was before the last undo.</numerusform>
                <numerusform>Redone: %n phones are as they were before the last undo.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Undone: %n phones are as they were before the last decision.</source>
            <translation>
                <numerusform>Undone: this phone is as it was before the last decision.</numerusform>
                <numerusform>Undone: %n phones are as they were before the last decision.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CountButtons</name>
        <message numerus="yes">
            <source>%n phones</source>
            <translation>
                <numerusform>1 phone</numerusform>
                <numerusform>%n phones</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DetailPane</name>
        <message numerus="yes">
            <source>%n other messages are no longer kept.</source>
            <translation>
                <numerusform>1 other message is no longer kept.</numerusform>
                <numerusform>%n other messages are no longer kept.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ExpectedDialog</name>
        <message numerus="yes">
            <source>%n names are on the clipboard.</source>
            <translation>
                <numerusform>1 name is on the clipboard.</numerusform>
                <numerusform>%n names are on the clipboard.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Exports</name>
        <message numerus="yes">
            <source>%n lines.</source>
            <translation>
                <numerusform>1 line.</numerusform>
                <numerusform>%n lines.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n messages.</source>
            <translation>
                <numerusform>1 message.</numerusform>
                <numerusform>%n messages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n other messages are no longer kept.</source>
            <translation>
                <numerusform>1 other message is no longer kept.</numerusform>
                <numerusform>%n other messages are no longer kept.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones.</source>
            <translation>
                <numerusform>1 phone.</numerusform>
                <numerusform>%n phones.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n-phones</source>
            <translation>
                <numerusform>1-phone</numerusform>
                <numerusform>%n-phones</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Messages of %n phones.</source>
            <translation>
                <numerusform>Messages of 1 phone.</numerusform>
                <numerusform>Messages of %n phones.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HistoryWindow</name>
        <message numerus="yes">
            <source>%n lines</source>
            <translation>
                <numerusform>1 line</numerusform>
                <numerusform>%n lines</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n lines so far…</source>
            <translation>
                <numerusform>1 line so far…</numerusform>
                <numerusform>%n lines so far…</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Clear the field (Esc) to see all %n lines again.</source>
            <translation>
                <numerusform>Clear the field (Esc) to see the 1 line again.</numerusform>
                <numerusform>Clear the field (Esc) to see all %n lines again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Clear the field (Esc) to see all %n lines of this period, or choose a longer one.</source>
            <translation>
                <numerusform>Clear the field (Esc) to see the 1 line of this period, or choose a longer one.</numerusform>
                <numerusform>Clear the field (Esc) to see all %n lines of this period, or choose a longer one.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{shown} of %n lines</source>
            <translation>
                <numerusform>{shown} of 1 line</numerusform>
                <numerusform>{shown} of %n lines</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LabelDelegate</name>
        <message numerus="yes">
            <source>%n phones no longer have a label.</source>
            <translation>
                <numerusform>1 phone no longer has a label.</numerusform>
                <numerusform>%n phones no longer have a label.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones now have the label “{label}”.</source>
            <translation>
                <numerusform>1 phone now has the label “{label}”.</numerusform>
                <numerusform>%n phones now have the label “{label}”.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LabelEditor</name>
        <message numerus="yes">
            <source>For %n phones</source>
            <translation>
                <numerusform>For 1 phone</numerusform>
                <numerusform>For %n phones</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Label of %n phones</source>
            <translation>
                <numerusform>Label of 1 phone</numerusform>
                <numerusform>Label of %n phones</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LadderModel</name>
        <message numerus="yes">
            <source>%n bytes</source>
            <translation>
                <numerusform>1 byte</numerusform>
                <numerusform>%n bytes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LadderView</name>
        <message numerus="yes">
            <source>%n messages of the phone</source>
            <translation>
                <numerusform>1 message of the phone</numerusform>
                <numerusform>%n messages of the phone</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LinesView</name>
        <message numerus="yes">
            <source>%n lines are on the clipboard.</source>
            <translation>
                <numerusform>1 line is on the clipboard.</numerusform>
                <numerusform>%n lines are on the clipboard.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ListenBar</name>
        <message numerus="yes">
            <source>Listening on %n interfaces</source>
            <translation>
                <numerusform>Listening on 1 interface</numerusform>
                <numerusform>Listening on %n interfaces</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LogPage</name>
        <message numerus="yes">
            <source>%n new lines</source>
            <translation>
                <numerusform>1 new line</numerusform>
                <numerusform>%n new lines</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n older lines are no longer kept.</source>
            <translation>
                <numerusform>1 older line is no longer kept.</numerusform>
                <numerusform>%n older lines are no longer kept.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n other messages are no longer kept.</source>
            <translation>
                <numerusform>1 other message is no longer kept.</numerusform>
                <numerusform>%n other messages are no longer kept.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Notifications</name>
        <message numerus="yes">
            <source>%n others</source>
            <translation>
                <numerusform>1 other</numerusform>
                <numerusform>%n others</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones ask: {makes}</source>
            <translation>
                <numerusform>1 phone asks: {makes}</numerusform>
                <numerusform>%n phones ask: {makes}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Outcomes</name>
        <message numerus="yes">
            <source>%n are not approved and were sent nothing.</source>
            <translation>
                <numerusform>1 is not approved and was sent nothing.</numerusform>
                <numerusform>%n are not approved and were sent nothing.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n get their URL when others at their address have answered.</source>
            <translation>
                <numerusform>1 gets its URL when others at its address have answered.</numerusform>
                <numerusform>%n get their URL when others at their address have answered.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n get their URL when they ask.</source>
            <translation>
                <numerusform>1 gets its URL when it asks.</numerusform>
                <numerusform>%n get their URL when they ask.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n have snom's own URL, though they are not snom phones: type yours at the top.</source>
            <translation>
                <numerusform>1 has snom's own URL, though it is not a snom phone: type yours at the top.</numerusform>
                <numerusform>%n have snom's own URL, though they are not snom phones: type yours at the top.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones approved.</source>
            <translation>
                <numerusform>1 phone approved.</numerusform>
                <numerusform>%n phones approved.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are undecided again. They get no answer until you approve them.</source>
            <translation>
                <numerusform>1 phone is undecided again. It gets no answer until you approve it.</numerusform>
                <numerusform>%n phones are undecided again. They get no answer until you approve them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n are already approved and were sent their URL.</source>
            <translation>
                <numerusform>1 is already approved and was sent its URL.</numerusform>
                <numerusform>%n are already approved and were sent their URL.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n could not be sent their URL by this computer, which tries again for 32 s.</source>
            <translation>
                <numerusform>1 could not be sent its URL by this computer, which tries again for 32 s.</numerusform>
                <numerusform>%n could not be sent their URL by this computer, which tries again for 32 s.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n denied phones stay denied: select only these to approve them.</source>
            <translation>
                <numerusform>1 denied phone stays denied: select only this one to approve it.</numerusform>
                <numerusform>%n denied phones stay denied: select only these to approve them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n do not accept a URL and were sent nothing.</source>
            <translation>
                <numerusform>1 does not accept a URL and was sent nothing.</numerusform>
                <numerusform>%n do not accept a URL and were sent nothing.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them cannot be served: they do not send a value that their URL needs. F2 gives them another URL.</source>
            <translation>
                <numerusform>1 of them cannot be served: it does not send a value that its URL needs. F2 gives it another URL.</numerusform>
                <numerusform>%n of them cannot be served: they do not send a value that their URL needs. F2 gives them another URL.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are already denied. They get no answer.</source>
            <translation>
                <numerusform>1 phone is already denied. It gets no answer.</numerusform>
                <numerusform>%n phones are already denied. They get no answer.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are already undecided. They get no answer until you approve them.</source>
            <translation>
                <numerusform>1 phone is already undecided. It gets no answer until you approve it.</numerusform>
                <numerusform>%n phones are already undecided. They get no answer until you approve them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones denied. They get no answer.</source>
            <translation>
                <numerusform>1 phone denied. It gets no answer.</numerusform>
                <numerusform>%n phones denied. They get no answer.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones forgotten. Those that ask again come back undecided.</source>
            <translation>
                <numerusform>1 phone forgotten. If it asks again it comes back undecided.</numerusform>
                <numerusform>%n phones forgotten. Those that ask again come back undecided.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>1 selected</numerusform>
                <numerusform>%n selected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n were answered in time.</source>
            <translation>
                <numerusform>1 was answered in time.</numerusform>
                <numerusform>%n were answered in time.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n were sent their URL late, which not every phone accepts.</source>
            <translation>
                <numerusform>1 was sent its URL late, which not every phone accepts.</numerusform>
                <numerusform>%n were sent their URL late, which not every phone accepts.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PhoneActions</name>
        <message numerus="yes">
            <source>The URLs of %n phones are being sent.</source>
            <translation>
                <numerusform>The URL of 1 phone is being sent.</numerusform>
                <numerusform>The URLs of %n phones are being sent.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PortMenu</name>
        <message numerus="yes">
            <source>and %n more that are not present</source>
            <translation>
                <numerusform>and 1 more that is not present</numerusform>
                <numerusform>and %n more that are not present</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProblemBar</name>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and 1 more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RebootActions</name>
        <message numerus="yes">
            <source>%n are not approved and were not asked.</source>
            <translation>
                <numerusform>1 is not approved and was not asked.</numerusform>
                <numerusform>%n are not approved and were not asked.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n cannot be asked before they ask for their URL.</source>
            <translation>
                <numerusform>1 cannot be asked before it asks for its URL.</numerusform>
                <numerusform>%n cannot be asked before they ask for their URL.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n could not be asked by this computer, which tries again for 32 s.</source>
            <translation>
                <numerusform>1 could not be asked by this computer, which tries again for 32 s.</numerusform>
                <numerusform>%n could not be asked by this computer, which tries again for 32 s.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n did not answer for 32 s.</source>
            <translation>
                <numerusform>1 did not answer for 32 s.</numerusform>
                <numerusform>%n did not answer for 32 s.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n do not accept a URL and were not asked.</source>
            <translation>
                <numerusform>1 does not accept a URL and was not asked.</numerusform>
                <numerusform>%n do not accept a URL and were not asked.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n have no URL and were not asked.</source>
            <translation>
                <numerusform>1 has no URL and was not asked.</numerusform>
                <numerusform>%n have no URL and were not asked.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n have not answered yet.</source>
            <translation>
                <numerusform>1 has not answered yet.</numerusform>
                <numerusform>%n have not answered yet.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are rebooting.</source>
            <translation>
                <numerusform>1 phone is rebooting.</numerusform>
                <numerusform>%n phones are rebooting.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones were asked to reboot, waiting for their answers.</source>
            <translation>
                <numerusform>1 phone was asked to reboot, waiting for its answer.</numerusform>
                <numerusform>%n phones were asked to reboot, waiting for their answers.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n refused.</source>
            <translation>
                <numerusform>1 refused.</numerusform>
                <numerusform>%n refused.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n require a password.</source>
            <translation>
                <numerusform>1 requires a password.</numerusform>
                <numerusform>%n require a password.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RowCommands</name>
        <message numerus="yes">
            <source>%n IP addresses are on the clipboard.</source>
            <translation>
                <numerusform>1 IP address is on the clipboard.</numerusform>
                <numerusform>%n IP addresses are on the clipboard.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n MAC addresses are on the clipboard.</source>
            <translation>
                <numerusform>1 MAC address is on the clipboard.</numerusform>
                <numerusform>%n MAC addresses are on the clipboard.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n names of missing files are on the clipboard.</source>
            <translation>
                <numerusform>1 name of a missing file is on the clipboard.</numerusform>
                <numerusform>%n names of missing files are on the clipboard.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n rows are on the clipboard.</source>
            <translation>
                <numerusform>1 row is on the clipboard.</numerusform>
                <numerusform>%n rows are on the clipboard.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RuleDraft</name>
        <message numerus="yes">
            <source>%n have a more specific rule.</source>
            <translation>
                <numerusform>1 has a more specific rule.</numerusform>
                <numerusform>%n have a more specific rule.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n have their own.</source>
            <translation>
                <numerusform>1 has its own.</numerusform>
                <numerusform>%n have their own.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones in the table get their URL from this rule.</source>
            <translation>
                <numerusform>1 phone in the table gets its URL from this rule.</numerusform>
                <numerusform>%n phones in the table get their URL from this rule.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ServingBar</name>
        <message numerus="yes">
            <source>%n files</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n requests from others not answered</source>
            <translation>
                <numerusform>%n request from others not answered</numerusform>
                <numerusform>%n requests from others not answered</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SheetController</name>
        <message numerus="yes">
            <source>%n phones exported to {path}</source>
            <translation>
                <numerusform>1 phone exported to {path}</numerusform>
                <numerusform>%n phones exported to {path}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SheetDialog</name>
        <message numerus="yes">
            <source>%n of these phones have already asked: they get their URL at once.</source>
            <translation>
                <numerusform>1 of these phones has already asked: it gets its URL at once.</numerusform>
                <numerusform>%n of these phones have already asked: they get their URL at once.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply %n lines</source>
            <translation>
                <numerusform>Apply 1 line</numerusform>
                <numerusform>Apply %n lines</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SheetImport</name>
        <message numerus="yes">
            <source>%n lines were rejected.</source>
            <translation>
                <numerusform>1 line was rejected.</numerusform>
                <numerusform>%n lines were rejected.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Status</name>
        <message numerus="yes">
            <source>%n files missing</source>
            <translation>
                <numerusform>%n file missing</numerusform>
                <numerusform>%n files missing</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Nothing fetched, %n files missing</source>
            <translation>
                <numerusform>Nothing fetched, %n file missing</numerusform>
                <numerusform>Nothing fetched, %n files missing</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Fetched, %n files missing</source>
            <translation>
                <numerusform>Fetched, %n file missing</numerusform>
                <numerusform>Fetched, %n files missing</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message numerus="yes">
            <source>%n interfaces</source>
            <translation>
                <numerusform>1 interface</numerusform>
                <numerusform>%n interfaces</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TableDescription</name>
        <message numerus="yes">
            <source>%n phones</source>
            <translation>
                <numerusform>1 phone</numerusform>
                <numerusform>%n phones</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Undone</name>
        <message numerus="yes">
            <source>%n changed since the undo and were left as they are.</source>
            <translation>
                <numerusform>1 changed since the undo and was left as it is.</numerusform>
                <numerusform>%n changed since the undo and were left as they are.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are approved again.</source>
            <translation>
                <numerusform>1 phone is approved again.</numerusform>
                <numerusform>%n phones are approved again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are back.</source>
            <translation>
                <numerusform>1 phone is back.</numerusform>
                <numerusform>%n phones are back.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are denied again.</source>
            <translation>
                <numerusform>1 phone is denied again.</numerusform>
                <numerusform>%n phones are denied again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are removed from the table again.</source>
            <translation>
                <numerusform>1 phone is removed from the table again.</numerusform>
                <numerusform>%n phones are removed from the table again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones are undecided again.</source>
            <translation>
                <numerusform>1 phone is undecided again.</numerusform>
                <numerusform>%n phones are undecided again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones have their earlier URL again.</source>
            <translation>
                <numerusform>1 phone has its earlier URL again.</numerusform>
                <numerusform>%n phones have their earlier URL again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones have their earlier label again.</source>
            <translation>
                <numerusform>1 phone has its earlier label again.</numerusform>
                <numerusform>%n phones have their earlier label again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n were sent their URL already; that cannot be undone.</source>
            <translation>
                <numerusform>1 was sent its URL already; that cannot be undone.</numerusform>
                <numerusform>%n were sent their URL already; that cannot be undone.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UrlDelegate</name>
        <message numerus="yes">
            <source>%n phones no longer have their own URL.</source>
            <translation>
                <numerusform>1 phone no longer has its own URL.</numerusform>
                <numerusform>%n phones no longer have their own URL.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n phones now have their own URL: {url}</source>
            <translation>
                <numerusform>1 phone now has its own URL: {url}</numerusform>
                <numerusform>%n phones now have their own URL: {url}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UrlEditor</name>
        <message numerus="yes">
            <source>For the %n selected phones: no URL of their own. {phone} would get:</source>
            <translation>
                <numerusform>For the selected phone: no URL of its own. {phone} would get:</numerusform>
                <numerusform>For the %n selected phones: no URL of their own. {phone} would get:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The %n selected phones keep their URLs until you type.</source>
            <translation>
                <numerusform>The 1 selected phone keeps its URL until you type.</numerusform>
                <numerusform>The %n selected phones keep their URLs until you type.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>For the %n selected phones. {phone} would get:</source>
            <translation>
                <numerusform>For the selected phone. {phone} would get:</numerusform>
                <numerusform>For the %n selected phones. {phone} would get:</numerusform>
            </translation>
        </message>
    </context>
</TS>
